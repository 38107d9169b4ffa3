using Anlan.Accounts.Organs;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Registry;

/// <summary>Who of the staff may do something somewhere.</summary>
internal sealed class Staff(AccountIndex accounts, OrganIndex organs, IPermissions permissions, IScopes scopes) : IStaff
{
    private const int City = 3;

    public IReadOnlyList<StaffMember> Holding(string permission, Anchor where) =>
        [.. accounts.All.Where(account => MayBeMeant(account, where) && IsMeant(account, permission, where)).Select(account => new StaffMember(account.Id, LevelOf(account)))];

    // Cheap, and leaves out nearly everybody.
    private static bool MayBeMeant(AccountFacts account, Anchor where) =>
        account is { IsDisabled: false, IsService: false, Person: null } && (account.Enterprise is { } own ? where.Enterprise == own.Value : account.Organ is not null == (where.Enterprise is not null || where.Place is not null));

    private bool IsMeant(AccountFacts account, string permission, Anchor where)
    {
        var actor = new Actor(account.Id, account.UserName, account.Role, account.Enterprise?.Value, null, account.Organ?.Value);
        return permissions.IsHeld(permission, actor) && where.IsWithin(scopes.Of(actor));
    }

    private int LevelOf(AccountFacts account) => account switch
    {
        { Enterprise: not null } => 0,
        { Organ: { } organ } => organs.Find(organ)?.Kind switch { OrganKind.TownStation => 1, OrganKind.CityBureau => City, _ => 2 },
        _ => City,
    };
}
