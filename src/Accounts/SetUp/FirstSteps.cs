using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.SetUp;

/// <summary>What a new installation lacks before the first organ can work: said by what is there, so that it disappears by itself.</summary>
internal sealed class FirstSteps(AccountIndex accounts, OrganIndex organs, AssignmentIndex assignments, RoleBook roles)
{
    /// <param name="Key">Key of its words, <c>FirstSteps.{…}</c>.</param>
    /// <param name="IsDone">It is there.</param>
    /// <param name="Href">Where the security administrator does it; null for what somebody else does.</param>
    public sealed record Step(string Key, bool IsDone, string? Href);

    public IReadOnlyList<Step> All =>
    [
        new Step("System", HasAny(RoleNames.SystemAdministrator), "/accounts/invite?role=" + RoleNames.SystemAdministrator),
        new Step("Audit", HasAny(RoleNames.AuditAdministrator), "/accounts/invite?role=" + RoleNames.AuditAdministrator),
        new Step("Organs", organs.All.Any(organ => organ.IsActive) && assignments.All.Any(), null),
        new Step("Staff", accounts.All.Any(a => !a.IsDisabled && roles.Find(a.Role)?.Standing == Standing.Organ), "/accounts/invite"),
    ];

    private bool HasAny(string role) => accounts.All.Any(a => a.Role == role && !a.IsDisabled);
}

/// <summary>The same on the desk of whoever can do it.</summary>
internal sealed class FirstStepTasks(FirstSteps steps, IStringLocalizer<Words> words) : IDeskTasks
{
    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop) => Task.FromResult<IReadOnlyList<DeskTask>>(
        [.. steps.All.Where(step => step is { IsDone: false, Href: not null }).Select(step => new DeskTask("user", words[$"FirstSteps.{step.Key}"], words[$"FirstSteps.{step.Key}.Text"], null, words["FirstSteps.Do"], step.Href!))]);
}
