using Anlan.Contracts.Accounts;

namespace Anlan.Accounts.Registry;

/// <summary>What accounts are called.</summary>
internal sealed class AccountNames(AccountIndex accounts) : IAccountNames
{
    public string? NameOf(Guid account) => accounts.Find(account)?.UserName;
}
