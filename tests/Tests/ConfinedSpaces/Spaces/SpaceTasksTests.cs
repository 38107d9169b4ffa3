using Anlan.ConfinedSpaces.Spaces;
using Anlan.Toolkit.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class SpaceTasksTests
{
    [Fact]
    public async Task What_a_space_lacks_waits_on_the_desk_of_its_enterprise_with_the_rule_and_many_of_a_kind_are_one_task()
    {
        await using var host = await SpacesHost.StartAsync();
        var (works, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise("Others"));
        for (var number = 0; number < 6; number++) await host.ASpaceAsync(works, declared => declared with { LastReviewedOn = number == 0 ? "2038-01-02" : "2040-03-01" });
        await host.ASpaceAsync(other);
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor(Guid.CreateVersion7(), "Manager", "safety-manager", works.Value, null);

        var tasks = await scope.ServiceProvider.GetRequiredService<SpaceTasks>().OfReaderAsync(CancellationToken.None);

        Assert.Equal([("/spaces/KJ-0001", "SPACE-REVIEW", new DateOnly(2039, 1, 2)), ("/spaces?gap=responsible", "SPACE-LEDGER-O13", (DateOnly?)null)], tasks.Select(task => (task.Href, task.Rule!.Rule.Id, task.Due)));
    }
}
