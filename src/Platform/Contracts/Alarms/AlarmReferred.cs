using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Events;

namespace Anlan.Contracts.Alarms;

/// <summary>An alarm was handed on as a clue for a case: whoever keeps cases takes it up from here. What was found lies in the alarm's steps.</summary>
/// <param name="Alarm">Number of the alarm, also the position of its evidence in the log.</param>
/// <param name="Kind">Key of its kind.</param>
/// <param name="Name">What people call its subject: a machine's code.</param>
/// <param name="Enterprise">Whose it was, or null.</param>
/// <param name="Division">Where it was, or null.</param>
/// <param name="At">When it was handed on.</param>
/// <param name="By">The account that did.</param>
public sealed record AlarmReferred(long Alarm, string Kind, string Name, EnterpriseId? Enterprise, DivisionCode? Division, DateTimeOffset At, Guid By) : IDomainEvent
{
    /// <inheritdoc />
    public string Subject => "alarm/" + Alarm;
}
