using Anlan.Kernel.Log;
using Anlan.Kernel.Outcomes;

namespace Anlan.Toolkit.Evidence;

/// <summary>The evidence for an entry. One that no head covers yet has a head signed at once: nobody waits for the next minute.</summary>
public sealed class ProveEntry(TreeHeads heads, HeadClockwork clockwork)
{
    /// <summary>The evidence that an entry is in the log; refused with <c>EvidenceMissing</c> where the tree cannot show it.</summary>
    /// <param name="position">Position in the log, from 1.</param>
    /// <param name="bytes">The entry as it was written.</param>
    /// <param name="stop">Stops.</param>
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
