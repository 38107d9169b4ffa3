using Anlan.Kernel.Paging;
using Anlan.Toolkit.Http;
using Anlan.Welding.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlan.Welding.Machines;

public sealed partial class MachinesPage
{
    private Page<MachineRow>? _rows;
    private IReadOnlyDictionary<MachineState, int> _counts = new Dictionary<MachineState, int>();
    private string? _fitted;
    private string? _done;
    private bool _mayRegister;
    private bool _mayFit;

    [SupplyParameterFromQuery] private string? Search { get; set; }

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? PageQuery { get; set; }

    private MachineState? Wanted => EnumQuery.TryRead<MachineState>(State, out var state) ? state : null;

    private int PageNumber => Math.Max(1, PageQuery ?? 1);

    private PageRequest Request => Listed(PageNumber, Search);

    private bool IsFiltered => Request.Term is not null || Wanted is not null;

    private int All => _counts.Values.Sum();

    // The grave states first; a state that no machine is in offers nothing to filter, unless it is the filter just now.
    private IEnumerable<MachineState> Shown => new[]
    {
        MachineState.Tampered, MachineState.Locked, MachineState.Running, MachineState.Authorised, MachineState.Idle, MachineState.Offline, MachineState.Chipped, MachineState.Registered, MachineState.Scrapped,
    }.Where(state => _counts.GetValueOrDefault(state) > 0 || state == Wanted);

    private string ExportHref => QueryHelpers.AddQueryString("/api/v1/machines/export", new Dictionary<string, string?> { ["search"] = Request.Term, ["sort"] = Request.Sort, ["state"] = Wanted is { } state ? Name(state) : null }
        .Where(pair => pair.Value is not null));

    protected override async Task OnInitializedAsync()
    {
        var actor = await ActorAsync();
        _mayRegister = Permissions.IsHeld(WeldingPermissions.Register, actor);
        _mayFit = Permissions.IsHeld(WeldingPermissions.Fit, actor);
        Follow(TellPages.Now, LoadAsync);
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private Task LoadAsync() => RunAsync((ListMachines slice) =>
    {
        _rows = slice.Run(Request, Wanted);
        _counts = slice.Count(Search);
        return Task.FromResult(0);
    });

    private static string Name(MachineState state) => state.ToString().ToLowerInvariant();

    private void AskFit(MachineRow row) => (_fitted, _done) = (row.Code, null);

    private async Task FitClosedAsync(string? serial)
    {
        if (serial is not null) _done = L["Fit.Done", serial, _fitted ?? ""];
        _fitted = null;
        await LoadAsync();
    }
}
