using Anlan.Accounts.Organs;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Accounts.Invitations;

public sealed partial class InvitePage : DeskPage
{
    private IReadOnlyList<string> _roles = [];
    private string? _role;
    private string? _number;
    private string? _displayName;
    private EnterpriseFacts? _enterprise;
    private OrganFacts? _organ;
    private OrganFacts? _own;
    private LookUpHolder.Holder? _holder;
    private IReadOnlyList<Refusal> _refusals = [];

    /// <summary>The welder, when the way here came from a person's page.</summary>
    [SupplyParameterFromQuery] private Guid? Person { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _roles = InvitationRules.RolesOpenTo(await ActorAsync());
        _role = Person is not null || _roles.Count == 1 ? RoleNames.Welder : null;
        _own = await RunAsync((InvitationChoices choices) => Task.FromResult(choices.OwnOrgan));
        await LookUpAsync();
    }

    // What stands against the form as a whole, and against the person, who has no field of their own here.
    private IReadOnlyList<Refusal> Elsewhere => [.. _refusals.Where(refusal => refusal.Field is not ("role" or "certificateNumber" or "displayName" or "enterprise" or "organ"))];

    private async Task LookUpAsync()
    {
        _refusals = [];
        _holder = await RunAsync((LookUpHolder slice) => Task.FromResult(slice.Run(Person, _number)));
    }

    private void Reset() => (_holder, _number, _enterprise, _organ, _refusals) = (null, null, null, _role == RoleNames.Installer ? _own : null, []);

    private Task<IEnumerable<EnterpriseFacts>> FindEnterprisesAsync(string? text, CancellationToken stop) =>
        RunAsync((InvitationChoices choices) => Task.FromResult<IEnumerable<EnterpriseFacts>>([.. choices.Enterprises(text)]));

    private Task<IEnumerable<OrganFacts>> FindOrgansAsync(string? text, CancellationToken stop) =>
        RunAsync((InvitationChoices choices) => Task.FromResult<IEnumerable<OrganFacts>>([.. choices.Organs(text)]));

    private async Task SendAsync()
    {
        var isWelder = _role == RoleNames.Welder;
        var request = new Invite.Request(isWelder ? Person : null, _role, isWelder ? null : _enterprise?.Id.Value, isWelder ? null : _displayName, isWelder && Person is null ? _number : null, _organ?.Id.Value);
        var outcome = await ActAsync((Invite slice) => slice.RunAsync(request, CancellationToken.None));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (!outcome.IsDone) return;
        var invited = outcome.Value;
        Tray.Put(new Slip(invited.Id, _role!, isWelder ? _holder?.Name : _displayName?.Trim(), invited.Code, invited.ClaimUrl, invited.ExpiresAt), (await ActorAsync()).Account);
        Navigation.NavigateTo($"/invitations/{invited.Id}/slip", forceLoad: true);
    }
}
