using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Registry;

/// <summary>Which accounts lie in the actor's scope: those of its organs, of its enterprises' safety managers, of its people. Administrators only in their own.</summary>
internal sealed class AccountScope(IPeople people, IEnterprises enterprises, CurrentScope scope)
{
    /// <summary>True when the account may be seen.</summary>
    public bool Covers(AccountFacts account)
    {
        var now = scope.Now;
        if (now.IsEverything) return true;
        if (account.Person is { } person) return people.IsWithin(person, now);
        // Colleagues in the same post are not a safety manager's business.
        if (!now.IsAuthority) return false;
        return now.CoversOrgan(account.Organ?.Value) || (account.Enterprise is { } enterprise && enterprises.IsWithin(enterprise, now));
    }
}
