using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Ui;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Live;

/// <summary>The live board: machines within scope by state, on the map and as a list, and the latest refusals.</summary>
internal sealed class ShowBoard(ListMachines machines, MachineIndex index, CurrentScope scope, PeopleSeen seen, MachineRows rows, OpenSessions sessions, IPeople people, ListRefusals refusals, IStringLocalizer<Words> words)
{
    /// <param name="Machine">The machine.</param>
    /// <param name="Welder">Masked name of who is at work, or null.</param>
    /// <param name="EndsAt">End of the session, or null.</param>
    public sealed record Line(MachineRow Machine, string? Welder, DateTimeOffset? EndsAt);

    /// <param name="Lines">Machines of the filter, paged.</param>
    /// <param name="Counts">How many machines are in each state, whatever the filter.</param>
    /// <param name="Marks">All machines of the filter on the map.</param>
    /// <param name="Focus">Codes of the areas that hold them.</param>
    /// <param name="Refusals">Latest refusals.</param>
    public sealed record Board(Page<Line> Lines, IReadOnlyDictionary<MachineState, int> Counts, IReadOnlyList<MapMark> Marks, IReadOnlyList<string> Focus, IReadOnlyList<ListRefusals.Row> Refusals);

    public async Task<Board> RunAsync(PageRequest request, MachineState? state, string? division, CancellationToken stop)
    {
        var page = machines.Run(request, state, division: division);
        var within = index.Within(scope.Now).Where(machine => division is null || machine.Division.IsWithin(new DivisionCode(division))).ToList();
        var marks = within.Select(machine => (machine, State: rows.StateOf(machine))).Where(m => (state is null && m.State != MachineState.Scrapped) || m.State == state)
            .Select(m => new MapMark(m.machine.Place, StateLook.Shape(m.State), $"{m.machine.Code} · {words["State." + m.State].Value} · {m.machine.Site}", "/welding/machines/" + m.machine.Code)).ToList();
        var focus = within.Select(machine => machine.Division.Value).Where(code => code.Length >= 6).Select(code => code[..6]).Distinct().ToList();
        var latest = await refusals.RunAsync(new PageRequest(1, 8), new RecordFilter(Division: division), stop);
        return new Board(new Page<Line>([.. page.Items.Select(LineOf)], page.Total), machines.Count(request.Search, division), marks, focus, latest.Items);
    }

    private Line LineOf(MachineRow machine)
    {
        var open = sessions.At(new(machine.Id));
        if (open is not null) seen.Add(WelderViews.Board, open.Person.Value);
        return new Line(machine, open is null ? null : people.Find(open.Person)?.MaskedName, open?.EndsAt);
    }
}
