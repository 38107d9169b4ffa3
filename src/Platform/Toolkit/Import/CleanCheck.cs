using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;

namespace Anlan.Toolkit.Import;

/// <summary>The last dry run that found nothing wrong. As long as the owners' memory and the day are those by which it judged, its rows need not be judged once more before the first of them is written.</summary>
internal sealed class CleanCheck(CommitGate gate, CityCalendar calendar)
{
    private (Guid Run, long Heard, DateOnly Day) _last;

    /// <summary>By what a dry run judges that begins now.</summary>
    public (long Heard, DateOnly Day) Ground => (gate.Heard, calendar.Today);

    /// <summary>Keeps that an import was found clean; forgets the one before.</summary>
    public void Keep(Guid run, (long Heard, DateOnly Day) ground) => _last = (run, ground.Heard, ground.Day);

    /// <summary>True when a dry run of this import would find what the last one found.</summary>
    public bool Holds(Guid run) => _last == (run, gate.Heard, calendar.Today);
}
