using Anlan.Accounts.Forms;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Microsoft.AspNetCore.Components;

namespace Anlan.Accounts.Invitations;

public sealed partial class InvitePage : ComponentBase
{
    private IReadOnlyList<string> _roles = [];
    private string? _role;
    private string? _number;
    private string? _displayName;
    private EnterpriseFacts? _enterprise;
    private LookUpHolder.Holder? _holder;
    private FormAnswer? _answer;

    /// <summary>The welder, when the way here came from a person's page.</summary>
    [SupplyParameterFromQuery] private Guid? Person { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _roles = InvitationRules.RolesOpenTo(await Scope.ActorAsync());
        _role = Person is not null || _roles.Count == 1 ? RoleNames.Welder : null;
        await LookUpAsync();
    }

    private async Task LookUpAsync()
    {
        _answer = null;
        _holder = await Scope.RunAsync((LookUpHolder slice) => Task.FromResult(slice.Run(Person, _number)));
    }

    private void Reset() => (_holder, _number, _answer) = (null, null, null);

    private Task<IEnumerable<EnterpriseFacts>> FindEnterprisesAsync(string? text, CancellationToken stop) =>
        Scope.RunAsync((IEnterprises enterprises) => Task.FromResult<IEnumerable<EnterpriseFacts>>(enterprises.Search(text, 20)));

    private async Task SendAsync()
    {
        var isWelder = _role == RoleNames.Welder;
        var request = new Invite.Request(isWelder ? Person : null, _role, isWelder ? null : _enterprise?.Id.Value, isWelder ? null : _displayName, isWelder && Person is null ? _number : null);
        var outcome = await Scope.RunAsync((Invite slice) => slice.RunAsync(request, CancellationToken.None));
        if (!outcome.IsDone)
        {
            _answer = new FormAnswer(L, Calendar);
            _answer.Take(outcome.Refusals, "certificateNumber", "person", "displayName", "enterprise");
            return;
        }

        var invited = outcome.Value;
        Tray.Put(new Slip(invited.Id, _role!, isWelder ? _holder?.Name : _displayName?.Trim(), invited.Code, invited.ClaimUrl, invited.ExpiresAt), (await Scope.ActorAsync()).Account);
        Navigation.NavigateTo($"/invitations/{invited.Id}/slip", forceLoad: true);
    }

    private string? At(params IReadOnlyList<string> fields) => fields.Select(field => _answer?.At(field)).FirstOrDefault(text => text is not null);
}
