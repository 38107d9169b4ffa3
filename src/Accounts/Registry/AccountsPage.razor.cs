using System.Globalization;
using Anlan.Accounts.Invitations;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Anlan.Accounts.Registry;

public sealed partial class AccountsPage : ComponentBase
{
    private readonly DialogOptions _dialog = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true };
    private Dictionary<string, object?> _searchLabel = [];
    private Dictionary<string, object?> _roleLabel = [];
    private Page<ListAccounts.Row>? _rows;
    private ListAccounts.Row? _asked;
    private Step _step;
    private string? _reason;
    private string? _refused;
    private string? _message;

    private enum Step
    {
        Disable,
        Enable,
        Reset,
    }

    [SupplyParameterFromQuery] private string? Search { get; set; }

    [SupplyParameterFromQuery] private string? Role { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? PageNumber { get; set; }

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || !string.IsNullOrEmpty(Role);

    private PageRequest Request => new(Math.Max(1, PageNumber ?? 1), 20, Search);

    protected override void OnInitialized()
    {
        _searchLabel = new() { ["aria-label"] = L["Accounts.Search"].Value };
        _roleLabel = new() { ["aria-label"] = L["Accounts.Column.Role"].Value };
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync() =>
        _rows = await Scope.RunAsync((ListAccounts slice) => Task.FromResult(slice.Run(Request, string.IsNullOrEmpty(Role) ? null : Role)));

    // The filter lives in the address, so that a list can be sent to somebody.
    private void Go(string? search = null, string? role = null, int page = 1)
    {
        _message = null;
        var address = Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["search"] = (search ?? Search) is { Length: > 0 } text ? text : null,
            ["role"] = (role ?? Role) is { Length: > 0 } name ? name : null,
            ["page"] = page > 1 ? page : null,
        });
        if (address != Navigation.Uri) Navigation.NavigateTo(address);
    }

    private void Ask(Step step, ListAccounts.Row row) => (_step, _asked, _reason, _refused, _message) = (step, row, null, null, null);

    private async Task DoAsync()
    {
        if (_asked is not { } row) return;
        if (_step == Step.Reset)
        {
            await ResetAsync(row);
            return;
        }

        var request = new EnableAccount.Request(_reason);
        var outcome = await Scope.RunAsync((EnableAccount slice) => _step == Step.Disable ? slice.DisableAsync(row.Id, request, CancellationToken.None) : slice.EnableAsync(row.Id, request, CancellationToken.None));
        if (!outcome.IsDone)
        {
            _refused = Say(outcome);
            return;
        }

        _message = L[_step == Step.Disable ? "Done.Disabled" : "Done.Enabled", row.UserName];
        _asked = null;
        await LoadAsync();
    }

    private async Task ResetAsync(ListAccounts.Row row)
    {
        var outcome = await Scope.RunAsync((Invite slice) => slice.ResetAsync(row.Id, CancellationToken.None));
        if (!outcome.IsDone)
        {
            _refused = Say(outcome);
            return;
        }

        var invited = outcome.Value;
        Tray.Put(new Slip(invited.Id, row.Role, row.DisplayName, invited.Code, invited.ClaimUrl, invited.ExpiresAt), (await Scope.ActorAsync()).Account);
        Navigation.NavigateTo($"/invitations/{invited.Id}/slip", forceLoad: true);
    }

    private string Say(Outcome outcome) => string.Join(' ', outcome.Refusals.Select(refusal => L.Say(refusal, Calendar)));

    private string Time(DateTimeOffset? at) => at is { } instant ? Calendar.Local(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : L["Accounts.Never"];
}
