using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Kernel.Divisions;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class ListSpacesTests
{
    [Theory]
    [InlineData("search=kj-0002", "KJ-0002")]
    [InlineData("search=yard", "KJ-0003")]
    [InlineData("search=millers", "KJ-0003")]
    [InlineData("search=nothing", "")]
    [InlineData("state=sealed", "KJ-0002")]
    [InlineData("kind=silo", "KJ-0003")]
    [InlineData("risk=major", "KJ-0002")]
    [InlineData("division=990521", "KJ-0001,KJ-0002,KJ-0003")]
    [InlineData("division=990521002", "KJ-0003")]
    [InlineData("division=nowhere", "")]
    [InlineData("gap=isolation", "")]
    [InlineData("gap=responsible", "KJ-0001,KJ-0002,KJ-0003")]
    [InlineData("gap=noticeBoard", "KJ-0003")]
    [InlineData("sort=-code", "KJ-0003,KJ-0002,KJ-0001")]
    [InlineData("sort=risk", "KJ-0002,KJ-0001,KJ-0003")]
    [InlineData("sort=enterprise", "KJ-0001,KJ-0002,KJ-0003")]
    [InlineData("sort=reviewDueOn", "KJ-0003,KJ-0001,KJ-0002")]
    [InlineData("page=2&size=2", "KJ-0003")]
    public async Task Spaces_are_found_filtered_sorted_and_paged(string query, string codes)
    {
        await using var host = await ThreeSpacesAsync();

        Assert.Equal(codes, CodesOf(await SpacesHost.JsonAsync(await host.Bureau.GetAsync("spaces?" + query))));
    }

    [Theory]
    [InlineData("state=broken", "state:WordInvalid")]
    [InlineData("kind=3", "kind:WordInvalid")]
    [InlineData("risk=high", "risk:WordInvalid")]
    [InlineData("gap=teeth", "gap:WordInvalid")]
    public async Task A_word_that_is_on_no_list_is_refused_by_list_and_export(string query, string refusal)
    {
        await using var host = await SpacesHost.StartAsync();

        Assert.Equal([refusal], await SpacesHost.RefusalsAsync(await host.Bureau.GetAsync("spaces?" + query)));
        Assert.Equal([refusal], await SpacesHost.RefusalsAsync(await host.Bureau.GetAsync("spaces/export?" + query)));
    }

    [Fact]
    public async Task Everybody_sees_what_lies_in_the_own_scope_and_nothing_else()
    {
        await using var host = await ThreeSpacesAsync();
        var own = host.Neighbours.AnEnterprise("Own");
        await host.ASpaceAsync(own, declared => declared with { Division = "990522" });
        host.Services.GetRequiredService<TestScopes>().OfBureau = TestScopes.Over(new DivisionCode("990521"));

        Assert.Equal("KJ-0004", CodesOf(await SpacesHost.JsonAsync(await host.As("safety-manager", own).GetAsync("spaces"))));
        Assert.Equal("KJ-0001,KJ-0002,KJ-0003", CodesOf(await SpacesHost.JsonAsync(await host.Bureau.GetAsync("spaces"))));
        Assert.Equal("", CodesOf(await SpacesHost.JsonAsync(await host.As("safety-manager").GetAsync("spaces"))));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.As("welder").GetAsync("spaces")).StatusCode);
    }

    [Fact]
    public async Task The_export_holds_the_filtered_list_and_is_on_record()
    {
        await using var host = await ThreeSpacesAsync();
        host.Bureau.DefaultRequestHeaders.Add("Accept-Language", "en");

        var file = await host.Bureau.GetStringAsync("spaces/export?search=pool&sort=-code");

        var lines = file.Trim().Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.Contains("Sewage pool", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("KJ-0002", lines[1], StringComparison.Ordinal);
        Assert.Contains("Hydrogen sulfide; Drowning", lines[2], StringComparison.Ordinal);
        var audit = (await host.AuditAsync())[^1];
        Assert.Equal("spaces.exported", audit.Action);
        Assert.Contains("2", audit.Details, StringComparison.Ordinal);
    }

    private static async Task<SpacesHost> ThreeSpacesAsync()
    {
        var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.ASpaceAsync(works);
        await host.ASpaceAsync(works, declared => declared with { Risk = "major", Access = "none", LastReviewedOn = "2040-03-01" });
        (await host.Bureau.PostAsJsonAsync("spaces/KJ-0002/seal", new { reason = "Shut." })).EnsureSuccessStatusCode();
        await host.ASpaceAsync(host.Neighbours.AnEnterprise("Millers"), declared => declared with
        {
            Name = "Flour silo",
            Kind = "silo",
            Hazards = ["engulfment"],
            Risk = "low",
            Access = "none",
            Site = "Yard",
            Division = "990521002",
            HasNoticeBoard = false,
            LastReviewedOn = "2039-05-01",
        });
        return host;
    }

    private static string CodesOf(JsonElement list) => string.Join(',', list.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("code").GetString()));
}
