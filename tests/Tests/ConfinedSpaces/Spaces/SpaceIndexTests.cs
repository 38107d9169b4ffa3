using System.Net.Http.Json;
using Anlan.ConfinedSpaces.Spaces;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class SpaceIndexTests
{
    [Fact]
    public async Task A_search_finds_spaces_of_the_scope_by_code_name_and_site_and_leaves_removed_ones_out()
    {
        await using var host = await SpacesHost.StartAsync();
        var (works, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise("Others"));
        foreach (var name in new[] { "Pool", "Tank", "Old pool" }) await host.ASpaceAsync(works, declared => declared with { Name = name });
        await host.ASpaceAsync(other, declared => declared with { Name = "Foreign pool" });
        (await host.Bureau.PostAsJsonAsync("spaces/KJ-0003/remove", new { reason = "Filled in." })).EnsureSuccessStatusCode();
        ISpaces spaces = host.Index;

        Assert.Equal(["KJ-0001"], spaces.Search("POOL ", 10, Scope.OfEnterprise(works.Value)).Select(space => space.Code));
        Assert.Equal(["KJ-0001", "KJ-0002"], spaces.Search("east", 10, Scope.OfEnterprise(works.Value)).Select(space => space.Code));
        Assert.Equal(["KJ-0001", "KJ-0002"], spaces.Search(null, 2, Scope.Everything).Select(space => space.Code));
        Assert.Empty(spaces.Search(null, 10, Scope.Nothing));
    }

    [Fact]
    public async Task A_space_that_goes_to_another_enterprise_is_no_longer_among_the_first_ones()
    {
        await using var host = await SpacesHost.StartAsync();
        var (works, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise("Others"));
        var code = await host.ASpaceAsync(works);

        (await host.Bureau.PutAsJsonAsync($"spaces/{code}", SpacesHost.ADeclaration(other))).EnsureSuccessStatusCode();

        Assert.Empty(host.Index.Of(works));
        Assert.Equal([code], host.Index.Of(other).Select(space => space.Code));
    }

    [Fact]
    public async Task A_removed_space_goes_after_its_term_from_table_and_memory_unless_it_is_held()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.ASpaceAsync(works);
        await host.ASpaceAsync(works);
        (await host.Bureau.PostAsJsonAsync("spaces/KJ-0001/remove", new { reason = "Filled in." })).EnsureSuccessStatusCode();
        var (kind, later) = (host.Services.GetServices<IRetainedRecords>().Single(kind => kind.Key == "spaces"), host.Clock.GetUtcNow().AddDays(1));

        var held = await host.ReadAsync(db => kind.DeleteAsync(db, later, new Held([], [works.Value]), 10, CancellationToken.None));
        var early = await host.ReadAsync(db => kind.DeleteAsync(db, host.Clock.GetUtcNow().AddDays(-1), new Held([], []), 10, CancellationToken.None));
        var due = await host.ReadAsync(db => kind.DeleteAsync(db, later, new Held([], []), 10, CancellationToken.None));

        Assert.Equal((0, 0, 1), (held, early, due));
        Assert.Equal(["KJ-0002"], await host.ReadAsync(db => db.Set<ConfinedSpace>().Select(space => space.Code).ToListAsync()));
        Assert.Equal(["KJ-0002"], host.Index.All.Select(space => space.Code));
    }

    [Fact]
    public async Task Erasing_a_person_leaves_the_space_without_anybody_and_its_enterprise_is_in_use()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var person = host.Neighbours.APerson(works);
        await host.ASpaceAsync(works, declared => declared with { Responsible = person.Value });
        await using var scope = host.Services.CreateAsyncScope();
        var (records, uses) = (scope.ServiceProvider.GetRequiredService<IPersonRecords>(), scope.ServiceProvider.GetRequiredService<IRecordUses>());

        Assert.Equal([person], await uses.OfAsync([person, new PersonId(Guid.CreateVersion7())], CancellationToken.None));
        Assert.Equal([works], await uses.OfAsync([works, host.Neighbours.AnEnterprise("Others")], CancellationToken.None));
        Assert.Equal(["KJ-0001", "Sewage pool 2"], Assert.Single(Assert.Single(await records.CollectAsync(person, CancellationToken.None)).Rows));
        Assert.Equal(1, Assert.Single(await records.PlanAsync(person, CancellationToken.None)).Count);
        await records.EraseAsync(person, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<Toolkit.Data.AnlanDb>().SaveAsync();

        Assert.Null(Assert.Single(host.Index.All).Responsible);
    }
}
