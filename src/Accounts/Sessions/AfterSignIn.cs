using Anlan.Accounts.Resets;

namespace Anlan.Accounts.Sessions;

/// <summary>Where somebody goes who just signed in: to where they wanted, unless their account has news for them first.</summary>
internal sealed class AfterSignIn(OwnResets resets)
{
    /// <summary>Address of the account page.</summary>
    public const string AccountPage = "/account";

    /// <summary>The address.</summary>
    public async Task<string> WhereAsync(Entry.Open entry, string? returnUrl, CancellationToken stop)
    {
        if (await resets.HasNewAsync(entry.Account.Id, stop)) return AccountPage;
        return entry.Factor == FactorUsed.RecoveryCode ? AccountPage + "?done=recovery-used" : Sessions.ReturnUrl.Local(returnUrl);
    }
}
