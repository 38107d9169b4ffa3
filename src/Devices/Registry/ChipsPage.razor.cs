using Anlan.Devices.Presence;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Components;

namespace Anlan.Devices.Registry;

public sealed partial class ChipsPage
{
    private Page<ListChips.Row>? _rows;
    private IReadOnlyDictionary<ChipState, int> _counts = new Dictionary<ChipState, int>();
    private IReadOnlyList<Refusal> _refusals = [];
    private ListChips.Row? _asked;
    private Step? _step;
    private string _serial = "";
    private string? _secretOf;
    private string? _secret;
    private IReadOnlyList<string> _keys = [];
    private string? _done;
    private bool _mayFit;

    private enum Step
    {
        Register,
        Replace,
        Disable,
        Enable,
    }

    [SupplyParameterFromQuery] private string? Search { get; set; }

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? PageQuery { get; set; }

    private ChipState? Wanted => EnumQuery.TryRead<ChipState>(State, out var state) ? state : null;

    private int PageNumber => Math.Max(1, PageQuery ?? 1);

    private PageRequest Request => Listed(PageNumber, Search);

    private bool IsFiltered => Request.Term is not null || Wanted is not null;

    private int All => _counts.Values.Sum();

    private string Serial => _asked?.Serial ?? "";

    private string Verb => _step is Step.Enable ? nameof(Step.Enable) : nameof(Step.Disable);

    private IEnumerable<ChipState> Shown =>
        new[] { ChipState.Tampered, ChipState.Disabled, ChipState.Offline, ChipState.New, ChipState.Online }.Where(state => _counts.GetValueOrDefault(state) > 0 || state == Wanted);

    protected override async Task OnInitializedAsync()
    {
        _mayFit = Permissions.IsHeld(DevicesPermissions.Fit, await ActorAsync());
        Follow(TellPages.Topic, LoadAsync);
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private Task LoadAsync() => RunAsync((ListChips slice) =>
    {
        _rows = slice.Run(Request, Wanted);
        _counts = slice.Count(Search);
        return Task.FromResult(0);
    });

    private static string Name(ChipState state) => state.ToString().ToLowerInvariant();

    private void Ask(Step step, ListChips.Row? row = null) => (_step, _asked, _serial, _refusals, _done) = (step, row, "", [], null);

    private void Close() => _step = null;

    private async Task RegisterAsync()
    {
        if (await ActAsync((RegisterChip slice) => slice.RunAsync(new RegisterChip.Request(_serial), Gone)) is not { } outcome) return;
        _refusals = outcome.Refusals;
        if (!outcome.IsDone) return;
        (_secretOf, _secret, _keys, _step) = (outcome.Value.Serial, outcome.Value.Secret, [.. outcome.Value.TrustedKeys.Select(key => key.PublicKey)], null);
        await LoadAsync();
    }

    private async Task ReplaceAsync()
    {
        if (await ActAsync((ReplaceChipSecret slice) => slice.RunAsync(Serial, Gone)) is not { } outcome) return;
        _refusals = outcome.Refusals;
        if (!outcome.IsDone) return;
        (_secretOf, _secret, _keys, _step) = (outcome.Value.Serial, outcome.Value.Secret, [], null);
        await LoadAsync();
    }

    private async Task EnableAsync(string reason)
    {
        var enables = _step is Step.Enable;
        if (await ActAsync((ReplaceChipSecret slice) => slice.EnableAsync(Serial, new ReplaceChipSecret.EnableRequest(enables, reason), Gone)) is not { } outcome) return;
        _refusals = outcome.Refusals;
        if (!outcome.IsDone) return;
        _done = L[enables ? "Enable.Done" : "Disable.Done", Serial];
        Close();
        await LoadAsync();
    }

    private void ForgetSecret() => (_secretOf, _secret, _keys) = (null, null, []);
}
