using System.Security.Claims;
using Anlan.Accounts.Delegations;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Anlan.Accounts.Sessions;

/// <summary>
/// Who is signed in on an open interactive page. A page holds its connection for hours, so the account is looked up again at each question,
/// and a change of the account, of its role or of what was handed to it reaches the page at once.
/// </summary>
internal sealed class AccountAuthenticationState : ServerAuthenticationStateProvider, IDisposable
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));
    private readonly AccountIndex _index;
    private readonly RoleBook _roles;
    private readonly DelegationIndex _delegations;
    private Guid? _account;

    public AccountAuthenticationState(AccountIndex index, RoleBook roles, DelegationIndex delegations)
    {
        (_index, _roles, _delegations) = (index, roles, delegations);
        _index.Changed += OnChanged;
        _roles.Changed += OnRolesChanged;
        _delegations.Changed += OnChanged;
    }

    public override async Task<AuthenticationState> GetAuthenticationStateAsync()
    {
        var state = await base.GetAuthenticationStateAsync();
        if (state.User.Identity?.IsAuthenticated != true) return state;
        if (_index.FindInForce(state.User) is not { } account) return Nobody;
        _account = account.Id;
        return state;
    }

    public void Dispose()
    {
        _index.Changed -= OnChanged;
        _roles.Changed -= OnRolesChanged;
        _delegations.Changed -= OnChanged;
    }

    // What one may do changed, not who one is: the page asks again what it may show.
    private void OnRolesChanged() => NotifyAuthenticationStateChanged(GetAuthenticationStateAsync());

    private void OnChanged(Guid account)
    {
        if (account == _account) NotifyAuthenticationStateChanged(GetAuthenticationStateAsync());
    }
}
