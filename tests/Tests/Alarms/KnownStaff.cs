using Anlan.Contracts.Accounts;
using Anlan.Kernel.Scopes;

namespace Anlan.Tests.Alarms;

/// <summary>A staff of these members, all of whom may do everything everywhere.</summary>
internal sealed class KnownStaff(IReadOnlyList<StaffMember> members) : IStaff
{
    public IReadOnlyList<StaffMember> Holding(string permission, Anchor where) => members;

    public IReadOnlyList<StaffMember> Of(Office office, string permission) => [.. members.Where(member => member.Office == office)];

    public StaffMember? Find(Guid account, string permission) => members.FirstOrDefault(member => member.Account == account);

    public string? NameOf(OrganId organ) => null;
}
