using Anlan.Accounts.Organs;
using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Accounts.Invitations;

public sealed partial class InvitePage : DeskPage
{
    private IReadOnlyList<RoleFacts> _roles = [];
    private string? _role;
    private string? _number;
    private string? _displayName;
    private EnterpriseFacts? _enterprise;
    private OrganFacts? _organ;
    private OrganFacts? _own;
    private LookUpHolder.Holder? _holder;
    private IReadOnlyList<Refusal> _refusals = [];

    /// <summary>The person, when the way here came from a person's page.</summary>
    [SupplyParameterFromQuery] private Guid? Person { get; set; }

    /// <summary>The role, when the way here came from a step that asks for one.</summary>
    [SupplyParameterFromQuery] private string? Role { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var open = await RunAsync((InvitationChoices choices) => Task.FromResult(choices.Roles()));
        _roles = Person is null ? open : [.. open.Where(role => role.Standing == Standing.Person)];
        _role = Person is not null || _roles.All(role => role.Standing == Standing.Person) ? RoleNames.Welder : _roles.FirstOrDefault(role => role.Code == Role)?.Code;
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

    private void Reset() => (_holder, _number, _enterprise, _organ, _refusals) = (null, null, null, Chosen is { Standing: Standing.Organ } role && _own is not null && role.IsFor(_own.Kind) ? _own : null, []);

    private RoleFacts? Chosen => _roles.FirstOrDefault(role => role.Code == _role);

    private Task<IEnumerable<EnterpriseFacts>> FindEnterprisesAsync(string? text, CancellationToken stop) =>
        RunAsync((InvitationChoices choices) => Task.FromResult<IEnumerable<EnterpriseFacts>>([.. choices.Enterprises(text)]));

    private Task<IEnumerable<OrganFacts>> FindOrgansAsync(string? text, CancellationToken stop) =>
        RunAsync((InvitationChoices choices) => Task.FromResult<IEnumerable<OrganFacts>>(Chosen is { } role ? [.. choices.Organs(role, text)] : []));

    private async Task SendAsync()
    {
        var isWelder = Chosen?.Standing == Standing.Person;
        var request = new Invite.Request(isWelder ? Person : null, _role, isWelder ? null : _enterprise?.Id.Value, isWelder ? null : _displayName, isWelder && Person is null ? _number : null, isWelder ? null : _organ?.Id.Value);
        var outcome = await ActAsync((Invite slice) => slice.RunAsync(request, CancellationToken.None));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (!outcome.IsDone) return;
        var invited = outcome.Value;
        Tray.Put(new Slip(invited.Id, _role!, isWelder ? _holder?.Name : _displayName?.Trim(), invited.Code, invited.ClaimUrl, invited.ExpiresAt), (await ActorAsync()).Account);
        Navigation.NavigateTo($"/invitations/{invited.Id}/slip", forceLoad: true);
    }
}
