using System.Security.Claims;
using Anlan.Accounts.Delegations;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Anlan.Accounts.Sessions;

/// <summary>
/// Who is signed in on an open interactive page. A page holds its connection for hours, so session and account are looked up again at each question,
/// and the end of a session, a change of the account, of its role or of what was handed to it reaches the page at once.
/// </summary>
internal sealed class AccountAuthenticationState : ServerAuthenticationStateProvider, IDisposable
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));
    private readonly AccountIndex _accounts;
    private readonly SessionIndex _sessions;
    private readonly SessionCheck _check;
    private readonly RoleBook _roles;
    private readonly DelegationIndex _delegations;
    private Guid? _account;
    private Guid? _session;

    public AccountAuthenticationState(AccountIndex accounts, SessionIndex sessions, SessionCheck check, RoleBook roles, DelegationIndex delegations)
    {
        (_accounts, _sessions, _check, _roles, _delegations) = (accounts, sessions, check, roles, delegations);
        _accounts.Changed += OnAccountChanged;
        _sessions.Ended += OnSessionEnded;
        _roles.Changed += AskAgain;
        _delegations.Changed += OnAccountChanged;
    }

    public override async Task<AuthenticationState> GetAuthenticationStateAsync()
    {
        var state = await base.GetAuthenticationStateAsync();
        if (state.User.Identity?.IsAuthenticated != true) return state;
        if (_check.FindInForce(state.User) is not { } account) return Nobody;
        (_account, _session) = (account.Id, _check.FindOpen(state.User)?.Id);
        return state;
    }

    public void Dispose()
    {
        _accounts.Changed -= OnAccountChanged;
        _sessions.Ended -= OnSessionEnded;
        _roles.Changed -= AskAgain;
        _delegations.Changed -= OnAccountChanged;
    }

    private void OnAccountChanged(Guid account)
    {
        if (account == _account) AskAgain();
    }

    private void OnSessionEnded(Guid session)
    {
        if (session == _session) AskAgain();
    }

    // Not within the commit that tells: whoever changed the own password has a session whose new stamp comes in the same commit as the account's.
    private void AskAgain() => _ = Task.Run(() => NotifyAuthenticationStateChanged(GetAuthenticationStateAsync()));
}
