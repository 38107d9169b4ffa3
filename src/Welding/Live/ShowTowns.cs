using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Live;

/// <summary>Each town within scope: its machines by state at this moment, and what happened there today. Counted from the records, nothing is kept.</summary>
internal sealed class ShowTowns(WeldingDb db, MachineIndex index, MachineRows rows, CurrentScope scope, IDivisions divisions, CityCalendar calendar)
{
    /// <summary>Digits of a town in a statistics code.</summary>
    private const int TownDigits = 9;

    /// <param name="Division">Statistics code.</param>
    /// <param name="Name">Name of the town.</param>
    /// <param name="Latitude">Middle of its machines, WGS-84.</param>
    /// <param name="Longitude">Middle of its machines, WGS-84.</param>
    /// <param name="Machines">Machines that are not scrapped.</param>
    /// <param name="States">How many are in each state.</param>
    /// <param name="Sessions">Sessions that began today.</param>
    /// <param name="Refusals">Starts refused today.</param>
    /// <param name="Registered">Machines registered today.</param>
    public sealed record Town(string Division, string Name, double Latitude, double Longitude, int Machines, IReadOnlyDictionary<MachineState, int> States, int Sessions, int Refusals, int Registered);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/welding/towns", (ShowTowns slice, CancellationToken stop) => slice.RunAsync(stop)).RequirePermission(WeldingPermissions.View).Scoped(ScopedBy.Records).WithTags("Welding")
            .WithSummary("Towns within scope: machines by state now, sessions, refusals and registrations of today");

    public async Task<IReadOnlyList<Town>> RunAsync(CancellationToken stop)
    {
        var (now, from) = (scope.Now, calendar.StartOf(calendar.Today));
        var sessions = Sum(await db.Sessions.AsNoTracking().Within(now).Where(s => s.StartedAt >= from).GroupBy(s => s.Division).Select(group => new Count(group.Key, group.Count())).ToListAsync(stop));
        var refusals = Sum(await db.RefusedStarts.AsNoTracking().Within(now).Where(r => r.At >= from).GroupBy(r => r.Division).Select(group => new Count(group.Key, group.Count())).ToListAsync(stop));
        return [.. index.Within(now).Where(machine => machine.ScrapReason is null).GroupBy(machine => TownOf(machine.Division)).Select(town => new Town(
            town.Key.Value, divisions.Find(town.Key)?.Name ?? town.Key.Value, town.Average(machine => machine.Place.Latitude), town.Average(machine => machine.Place.Longitude), town.Count(),
            town.CountBy(rows.StateOf).ToDictionary(), sessions.GetValueOrDefault(town.Key), refusals.GetValueOrDefault(town.Key), town.Count(machine => machine.RegisteredAt >= from)))
            .OrderBy(town => town.Division, StringComparer.Ordinal)];
    }

    /// <summary>How a town is drawn: what needs somebody outweighs what runs.</summary>
    public static string ToneOf(Town town) =>
        Has(town, MachineState.Locked) || Has(town, MachineState.Tampered) ? "bad" : Has(town, MachineState.Running) || Has(town, MachineState.Authorised) ? "ok" : Has(town, MachineState.Idle) ? "idle" : "off";

    private static bool Has(Town town, MachineState state) => town.States.GetValueOrDefault(state) > 0;

    private static Dictionary<DivisionCode, int> Sum(IEnumerable<Count> counts) => counts.Where(count => count.Division is not null).GroupBy(count => TownOf(count.Division!.Value)).ToDictionary(group => group.Key, group => group.Sum(count => count.Of));

    private static DivisionCode TownOf(DivisionCode division) => division.Value.Length > TownDigits ? new DivisionCode(division.Value[..TownDigits]) : division;

    private sealed record Count(DivisionCode? Division, int Of);
}
