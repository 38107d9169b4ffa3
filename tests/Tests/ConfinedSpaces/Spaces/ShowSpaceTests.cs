using System.Text.Json;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class ShowSpaceTests
{
    [Fact]
    public async Task Without_a_module_for_permits_the_answer_says_that_none_are_kept()
    {
        await using var host = await SpacesHost.StartAsync();
        var code = await host.ASpaceAsync(host.Neighbours.AnEnterprise());

        var shown = await SpacesHost.JsonAsync(await host.Bureau.GetAsync($"spaces/{code.ToLowerInvariant()}"));

        Assert.False(shown.GetProperty("arePermitsKept").GetBoolean());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("permit").ValueKind);
        Assert.True(shown.GetProperty("needsPrincipal").GetBoolean());
        Assert.Equal(["responsible"], shown.GetProperty("gapRules").EnumerateArray().Select(gap => gap.GetProperty("gap").GetString()));
    }

    [Fact]
    public async Task Whoever_answers_for_a_space_is_shown_masked_and_the_look_is_on_record()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var person = host.Neighbours.APerson(works);
        var code = await host.ASpaceAsync(works, declared => declared with { Responsible = person.Value });

        var shown = await SpacesHost.JsonAsync(await host.Bureau.GetAsync($"spaces/{code}"));

        Assert.Equal("S* Ming", shown.GetProperty("responsibleName").GetString());
        Assert.Equal(["spaces.responsible"], await host.ReadAsync(db => db.Set<AccessRecord>().Select(look => look.View).ToListAsync()));
    }
}
