using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;

namespace Anlan.Welding.Sessions;

/// <summary>Which sessions or refused starts a list shows.</summary>
/// <param name="Search">Part of a machine's code.</param>
/// <param name="Machine">Only of this machine.</param>
/// <param name="Division">Only of machines that stood in this division.</param>
/// <param name="Day">Only of this day, by the city's clock.</param>
/// <param name="Open">Sessions: only open ones, or only ended ones.</param>
/// <param name="Code">Refusals: only with this most important reason.</param>
internal sealed record RecordFilter(string? Search = null, Guid? Machine = null, string? Division = null, DateOnly? Day = null, bool? Open = null, string? Code = null)
{
    /// <summary>Codes are kept in capitals.</summary>
    public string? Capitals => new PageRequest(Search: Search).Term?.ToUpperInvariant();

    /// <summary>First and behind the last moment of the day.</summary>
    public (DateTimeOffset From, DateTimeOffset Before)? Hours(CityCalendar calendar) => Day is { } day ? (calendar.StartOf(day), calendar.EndOf(day)) : null;

    /// <summary>The machine.</summary>
    public MachineId? Of => Machine is { } machine ? new MachineId(machine) : null;

    /// <summary>Codes of the division and everything inside it; null = everywhere. What is no code at all lies nowhere.</summary>
    public DivisionRange? Area => string.IsNullOrEmpty(Division) ? null : DivisionRange.Of(new DivisionCode(Division));
}
