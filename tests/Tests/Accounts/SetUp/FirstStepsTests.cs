using Anlan.Accounts.SetUp;
using Anlan.Contracts.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.SetUp;

/// <summary>A new installation says what comes next, to whoever can do it, until it is done.</summary>
public sealed class FirstStepsTests
{
    [Fact]
    public async Task The_page_of_accounts_lists_the_steps_until_the_first_organ_can_work()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        var steps = host.Services.CreateScope().ServiceProvider.GetRequiredService<FirstSteps>();
        Assert.Equal([("System", false), ("Audit", false), ("Organs", false), ("Staff", false)], steps.All.Select(step => (step.Key, step.IsDone)));

        using var system = await host.SystemAsync();
        using var watcher = await host.StaffAsync(RoleNames.AuditAdministrator, "watcher");
        Assert.Equal([("System", true), ("Audit", true), ("Organs", false), ("Staff", false)], steps.All.Select(step => (step.Key, step.IsDone)));
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");

        Assert.All(steps.All, step => Assert.True(step.IsDone, step.Key));
    }
}
