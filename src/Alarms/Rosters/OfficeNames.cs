using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Microsoft.Extensions.Localization;

namespace Anlan.Alarms.Rosters;

/// <summary>What offices are called.</summary>
internal sealed class OfficeNames(IStaff staff, IEnterprises enterprises, IStringLocalizer<Words> words)
{
    public string Of(Office office) => office switch
    {
        { Enterprise: { } enterprise } => enterprises.Find(new EnterpriseId(enterprise))?.Name ?? "",
        { Organ: { } organ } => staff.NameOf(new OrganId(organ)) ?? "",
        _ => words["Alarms.Installation"],
    };
}
