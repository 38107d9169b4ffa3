using System.Net;
using System.Net.Http.Json;
using Anlan.ConfinedSpaces.Spaces;
using Anlan.Contracts.ConfinedSpaces;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class ChangeSpaceStateTests
{
    [Fact]
    public async Task A_space_is_sealed_and_taken_into_use_again_each_time_with_a_reason()
    {
        await using var host = await SpacesHost.StartAsync();
        var code = await host.ASpaceAsync(host.Neighbours.AnEnterprise());

        (await host.Bureau.PostAsJsonAsync($"spaces/{code}/seal", new { reason = " Welded shut. " })).EnsureSuccessStatusCode();
        var shut = await SpacesHost.JsonAsync(await host.Bureau.GetAsync($"spaces/{code}"));
        var facts = host.Services.GetRequiredService<ISpaces>().Find(Assert.Single(host.Index.All).Id)!;
        (await host.Bureau.PostAsJsonAsync($"spaces/{code}/activate", new { reason = "Opened for cleaning." })).EnsureSuccessStatusCode();

        Assert.Equal(("sealed", "Welded shut."), (shut.GetProperty("space").GetProperty("state").GetString(), shut.GetProperty("stateReason").GetString()));
        Assert.True(facts.IsSealed);
        Assert.Equal(SpaceState.Active, Assert.Single(host.Index.All).State);
        Assert.Equal(["spaces.registered", "spaces.sealed", "spaces.activated"], (await host.AuditAsync()).Select(audit => audit.Action));
    }

    [Fact]
    public async Task A_removed_space_stays_as_it_was_for_good()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var code = await host.ASpaceAsync(works);
        (await host.Bureau.PostAsJsonAsync($"spaces/{code}/remove", new { reason = "Filled in." })).EnsureSuccessStatusCode();

        HttpResponseMessage[] answers =
        [
            await host.Bureau.PutAsJsonAsync($"spaces/{code}", SpacesHost.ADeclaration(works)), await host.Bureau.PostAsJsonAsync($"spaces/{code}/activate", new { reason = "x" }),
            await host.Bureau.PostAsJsonAsync($"spaces/{code}/remove", new { reason = "x" }), await host.Bureau.PostAsJsonAsync($"spaces/{code}/review", new { }),
        ];

        foreach (var answer in answers) Assert.Equal(["SpaceRemoved"], await SpacesHost.RefusalsAsync(answer));
        Assert.True(host.Services.GetRequiredService<ISpaces>().Find(Assert.Single(host.Index.All).Id)!.IsRemoved);
    }

    [Fact]
    public async Task A_change_without_reason_and_one_to_the_same_state_are_refused()
    {
        await using var host = await SpacesHost.StartAsync();
        var code = await host.ASpaceAsync(host.Neighbours.AnEnterprise());

        Assert.Equal(["reason:ReasonInvalid"], await SpacesHost.RefusalsAsync(await host.Bureau.PostAsJsonAsync($"spaces/{code}/seal", new { reason = " " })));
        Assert.Equal(["StateAlready"], await SpacesHost.RefusalsAsync(await host.Bureau.PostAsJsonAsync($"spaces/{code}/activate", new { reason = "x" })));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Bureau.PostAsJsonAsync("spaces/KJ-9999/seal", new { reason = "x" })).StatusCode);
    }

    [Theory]
    [InlineData(SpaceState.Identified, "Active,Sealed,Removed")]
    [InlineData(SpaceState.Active, "Sealed,Removed")]
    [InlineData(SpaceState.Sealed, "Active,Removed")]
    [InlineData(SpaceState.Removed, "")]
    internal void Each_state_leads_on_to_some(SpaceState state, string next) => Assert.Equal(next, string.Join(',', ChangeSpaceState.Next(state)));
}
