using Anlan.Accounts.Invitations;
using Anlan.Accounts.Resets;
using Anlan.Accounts.Roles;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Accounts.Registry;

public sealed partial class AccountsPage : DeskPage
{
    private Page<ListAccounts.Row>? _rows;
    private ListAccounts.Row? _asked;
    private bool _isAsking;
    private bool _isInPerson;
    private Step _step;
    private IReadOnlyList<Refusal> _refusals = [];
    private string? _message;
    private bool _mayAskForReset;
    private string? _role;
    private IReadOnlyList<RoleFacts> _roles = [];
    private Guid _own;

    private enum Step
    {
        Disable,
        Enable,
        Reset,
        ResetByTwo,
        ChangeRole,
    }

    [SupplyParameterFromQuery] private string? Search { get; set; }

    [SupplyParameterFromQuery] private string? Role { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? PageNumber { get; set; }

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || !string.IsNullOrEmpty(Role);

    private PageRequest Request => Listed(Math.Max(1, PageNumber ?? 1), Search);

    [Inject] private IPermissions Permissions { get; set; } = default!;

    [Inject] private DoorRules Doors { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        var actor = await ActorAsync();
        (_own, _mayAskForReset) = (actor.Account, Permissions.IsHeld(AccountsPermissions.Reset, actor));
        await LoadAsync();
    }

    // Whoever makes welders' codes sees no button for others that would only be refused.
    private bool CanReset(ListAccounts.Row row) => !Doors.IsResetByTwo(row.Role) || (_mayAskForReset && row.Id != _own);

    private Step StepOf(ListAccounts.Row row) => Doors.IsResetByTwo(row.Role) ? Step.ResetByTwo : Step.Reset;

    private static string Tone(ListAccounts.Row row) => row.IsDisabled ? "off" : row.IsLocked ? "warn" : "ok";

    private async Task LoadAsync() =>
        _rows = await RunAsync((ListAccounts slice) => Task.FromResult(slice.Run(Request, string.IsNullOrEmpty(Role) ? null : Role)));

    private void Ask(Step step, ListAccounts.Row row) => (_step, _asked, _isAsking, _isInPerson, _refusals, _message) = (step, row, true, false, [], null);

    private async Task AskRoleAsync(ListAccounts.Row row)
    {
        (_role, _roles) = (null, await RunAsync((ChangeRole slice) => Task.FromResult(slice.Choices(row.Id))));
        Ask(Step.ChangeRole, row);
    }

    private async Task DoAsync(string reason)
    {
        if (_asked is not { } row) return;
        if (_step == Step.Reset)
        {
            await ResetAsync(row);
            return;
        }

        if (_step == Step.ResetByTwo)
        {
            await AskForResetAsync(row, reason);
            return;
        }

        var request = new EnableAccount.Request(reason);
        var outcome = _step == Step.ChangeRole
            ? await ActAsync((ChangeRole slice) => slice.RunAsync(row.Id, new ChangeRole.Request(_role, reason), CancellationToken.None))
            : await ActAsync((EnableAccount slice) => _step == Step.Disable ? slice.DisableAsync(row.Id, request, CancellationToken.None) : slice.EnableAsync(row.Id, request, CancellationToken.None));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (!outcome.IsDone) return;
        _message = L[_step == Step.ChangeRole ? "Done.RoleChanged" : _step == Step.Disable ? "Done.Disabled" : "Done.Enabled", row.UserName];
        _isAsking = false;
        await LoadAsync();
    }

    private async Task AskForResetAsync(ListAccounts.Row row, string reason)
    {
        var outcome = await ActAsync((AskForReset slice) => slice.RunAsync(row.Id, new AskForReset.Request(reason), CancellationToken.None));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (!outcome.IsDone) return;
        (_message, _isAsking) = (L["Done.ResetAsked", row.UserName, At(outcome.Value.ExpiresAt)], false);
    }

    private async Task ResetAsync(ListAccounts.Row row)
    {
        var outcome = await ActAsync((Invite slice) => slice.ResetAsync(row.Id, new Invite.InPerson(_isInPerson), CancellationToken.None));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (!outcome.IsDone) return;
        var invited = outcome.Value;
        Tray.Put(new Slip(invited.Id, row.Role, row.DisplayName, invited.Code, invited.ClaimUrl, invited.ExpiresAt), (await ActorAsync()).Account);
        Navigation.NavigateTo($"/invitations/{invited.Id}/slip", forceLoad: true);
    }
}
