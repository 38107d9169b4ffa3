using System.Net.Http.Json;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class ReviewSpaceTests
{
    [Fact]
    public async Task A_review_of_today_puts_the_next_one_off_by_twelve_months()
    {
        await using var host = await SpacesHost.StartAsync();
        var code = await host.ASpaceAsync(host.Neighbours.AnEnterprise());

        (await host.Bureau.PostAsJsonAsync($"spaces/{code}/review", new { })).EnsureSuccessStatusCode();

        var space = (await SpacesHost.JsonAsync(await host.Bureau.GetAsync($"spaces/{code}"))).GetProperty("space");
        Assert.Equal(("2040-03-05", "2041-03-05"), (space.GetProperty("lastReviewedOn").GetString(), space.GetProperty("reviewDueOn").GetString()));
        Assert.Equal("spaces.reviewed", (await host.AuditAsync())[^1].Action);
    }

    [Fact]
    public async Task An_older_review_changes_nothing_and_one_of_tomorrow_is_refused()
    {
        await using var host = await SpacesHost.StartAsync();
        var code = await host.ASpaceAsync(host.Neighbours.AnEnterprise());

        (await host.Bureau.PostAsJsonAsync($"spaces/{code}/review", new { on = "2040-01-01" })).EnsureSuccessStatusCode();
        var early = await host.Bureau.PostAsJsonAsync($"spaces/{code}/review", new { on = "2040-03-06" });

        Assert.Equal(["on:ReviewInFuture"], await SpacesHost.RefusalsAsync(early));
        Assert.Equal(new DateOnly(2040, 2, 1), Assert.Single(host.Index.All).LastReviewedOn);
        Assert.Single(await host.AuditAsync());
    }
}
