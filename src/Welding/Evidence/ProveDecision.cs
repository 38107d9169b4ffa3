using Anlan.Kernel.Log;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Evidence;

namespace Anlan.Welding.Evidence;

/// <summary>The evidence for an entry. One that no head covers yet has a head signed at once: nobody waits for the next minute.</summary>
internal sealed class ProveDecision(TreeHeads heads, HeadClockwork clockwork)
{
    public async Task<Outcome<EvidenceFile>> RunAsync(long position, byte[] bytes, CancellationToken stop)
    {
        try
        {
            var evidence = await heads.ProveAsync(position, bytes, stop);
            if (evidence is null)
            {
                await clockwork.SignAsync(stop);
                evidence = await heads.ProveAsync(position, bytes, stop);
            }

            // What is shown and handed out was checked here as whoever gets it will check it.
            return evidence is not null && evidence.Faults().Count == 0 ? evidence : new Refusal("EvidenceMissing");
        }
        catch (LogTreeException)
        {
            return new Refusal("EvidenceMissing");
        }
    }
}
