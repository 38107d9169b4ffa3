using Anlan.Accounts.Organs;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;

namespace Anlan.Accounts.Registry;

/// <summary>Who of the staff may do something somewhere.</summary>
internal sealed class Staff(AccountIndex accounts, OrganIndex organs, IPermissions permissions, IScopes scopes) : IStaff
{
    private const int City = 3;

    public IReadOnlyList<StaffMember> Holding(string permission, Anchor where) =>
        [.. accounts.All.Where(account => MayBeMeant(account, where) && permissions.IsHeld(permission, ActorOf(account)) && where.IsWithin(scopes.Of(ActorOf(account)))).Select(MemberOf)];

    public IReadOnlyList<StaffMember> Of(Office office, string permission) =>
        [.. accounts.All.Where(account => IsStaff(account) && OfficeOf(account) == office && permissions.IsHeld(permission, ActorOf(account))).Select(MemberOf)];

    public StaffMember? Find(Guid account, string permission) =>
        accounts.Find(account) is { } facts && IsStaff(facts) && permissions.IsHeld(permission, ActorOf(facts)) ? MemberOf(facts) : null;

    public string? NameOf(OrganId organ) => organs.Find(organ) is { } facts ? FactWords.IsChinese ? facts.NameZh : facts.NameEn : null;

    private static bool IsStaff(AccountFacts account) => account is { IsDisabled: false, IsService: false, Person: null };

    // Cheap, and leaves out nearly everybody.
    private static bool MayBeMeant(AccountFacts account, Anchor where) =>
        IsStaff(account) && (account.Enterprise is { } own ? where.Enterprise == own.Value : account.Organ is not null == (where.Enterprise is not null || where.Place is not null));

    private static Actor ActorOf(AccountFacts account) => new(account.Id, account.UserName, account.Role, account.Enterprise?.Value, null, account.Organ?.Value);

    private static Office OfficeOf(AccountFacts account) => new(account.Organ?.Value, account.Enterprise?.Value);

    private StaffMember MemberOf(AccountFacts account) => new(account.Id, LevelOf(account), OfficeOf(account));

    private int LevelOf(AccountFacts account) => account switch
    {
        { Enterprise: not null } => 0,
        { Organ: { } organ } => organs.Find(organ)?.Kind switch { OrganKind.TownStation => 1, OrganKind.CityBureau => City, _ => 2 },
        _ => City,
    };
}
