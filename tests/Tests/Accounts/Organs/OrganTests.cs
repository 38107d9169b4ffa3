using System.Net;
using System.Net.Http.Json;

namespace Anlan.Tests.Accounts.Organs;

/// <summary>Organs and what they supervise, from entering to closing.</summary>
public sealed class OrganTests
{
    [Fact]
    public async Task An_organ_is_entered_corrected_and_found_again()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.SystemAsync();
        var city = await AccountsHost.AnOrganAsync(chief, "cityBureau", "City Bureau");
        var station = await AccountsHost.AnOrganAsync(chief, "townStation", "Elmbridge Station", parent: city);

        var corrected = await chief.PutAsJsonAsync($"/api/v1/organs/{station}", new { nameZh = "Elmbridge Town Station", nameEn = "Elmbridge Town Station", parent = city, seat = "990521001" });

        Assert.Equal(HttpStatusCode.NoContent, corrected.StatusCode);
        var found = (await chief.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/organs?search=town")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(station, Assert.Single(found).GetProperty("id").GetGuid());
    }

    [Theory]
    [InlineData("OrganKindMissing", null, "A", "A", null)]
    [InlineData("OrganNameTaken", "cityBureau", "City Bureau", "Other", null)]
    [InlineData("DivisionUnknown", "townStation", "A", "A", "123456")]
    public async Task What_is_wrong_with_an_organ_is_told(string refusal, string? kind, string nameZh, string nameEn, string? seat)
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.SystemAsync();
        await AccountsHost.AnOrganAsync(chief, "cityBureau", "City Bureau");

        var answer = await chief.PostAsJsonAsync("/api/v1/organs", new { kind, nameZh, nameEn, seat });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(refusal, await AccountsHost.RefusalAsync(answer));
    }

    [Fact]
    public async Task An_organ_cannot_stand_below_itself()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.SystemAsync();
        var city = await AccountsHost.AnOrganAsync(chief, "cityBureau", "City Bureau");
        var county = await AccountsHost.AnOrganAsync(chief, "countyBureau", "County Bureau", parent: city);

        var answer = await chief.PutAsJsonAsync($"/api/v1/organs/{city}", new { nameZh = "City Bureau", nameEn = "City Bureau", parent = county });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData("TargetMissing", null, false, null, null, "Decree 2")]
    [InlineData("TargetTwice", "990521", true, null, null, "Decree 2")]
    [InlineData("DivisionUnknown", "990599", false, null, null, "Decree 2")]
    [InlineData("BasisMissing", "990521", false, null, null, " ")]
    [InlineData("LastDayBeforeFirst", "990521", false, "2040-05-02", "2040-05-01", "Decree 2")]
    [InlineData("AssignmentOverlaps", "9905", false, "2040-05-02", null, "Decree 2")]
    public async Task What_is_wrong_with_an_assignment_is_told(string refusal, string? division, bool hasEnterprise, string? from, string? to, string basis)
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.SystemAsync();
        var organ = await AccountsHost.AnOrganAsync(chief, "cityBureau", "City Bureau", division: "9905");

        var answer = await chief.PostAsJsonAsync($"/api/v1/organs/{organ}/assignments", new { division, enterprise = hasEnterprise ? host.Neighbours.AnEnterprise().Value : (Guid?)null, from, to, basis });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(refusal, await AccountsHost.RefusalAsync(answer));
    }

    [Fact]
    public async Task An_assignment_gives_sight_at_once_and_its_end_takes_it_at_once()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.SystemAsync();
        var organ = await AccountsHost.AnOrganAsync(chief, "countyBureau", "Elm Bureau");
        using var officer = await host.StaffAsync("county-bureau", "officer", organ: organ);
        var enterprise = host.Neighbours.AnEnterprise().Value;
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/api/v1/enterprises/{enterprise}/supervisors")).StatusCode);

        var assignment = await AccountsHost.AssignAsync(chief, organ, "990521");
        var supervisors = await officer.GetFromJsonAsync<System.Text.Json.JsonElement>($"/api/v1/enterprises/{enterprise}/supervisors");
        var ended = await chief.PostAsJsonAsync($"/api/v1/assignments/{assignment}/end", new { reason = "Reform" });

        Assert.Equal("990521", Assert.Single(supervisors.EnumerateArray().ToList()).GetProperty("division").GetString());
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/api/v1/enterprises/{enterprise}/supervisors")).StatusCode);
    }

    [Fact]
    public async Task A_dated_assignment_begins_and_ends_with_its_days()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.SystemAsync();
        var organ = await AccountsHost.AnOrganAsync(chief, "countyBureau", "Elm Bureau", division: "990521", from: new DateOnly(2040, 3, 6), to: new DateOnly(2040, 3, 7));
        using var officer = await host.StaffAsync("county-bureau", "officer", organ: organ);
        var enterprise = host.Neighbours.AnEnterprise().Value;
        var seen = new List<HttpStatusCode>();

        for (var day = 5; day <= 8; day++)
        {
            (await AccountsHost.SignInAsync(officer, "officer")).EnsureSuccessStatusCode();
            seen.Add((await officer.GetAsync($"/api/v1/enterprises/{enterprise}/supervisors")).StatusCode);
            host.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound], seen);
    }

    [Fact]
    public async Task An_organ_on_which_something_hangs_is_not_closed()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.SystemAsync();
        var city = await AccountsHost.AnOrganAsync(chief, "cityBureau", "City Bureau", division: "9905");
        var county = await AccountsHost.AnOrganAsync(chief, "countyBureau", "Elm Bureau", parent: city);

        var refused = await chief.PostAsJsonAsync($"/api/v1/organs/{city}/close", new { reason = "Reform" });
        var closed = await chief.PostAsJsonAsync($"/api/v1/organs/{county}/close", new { reason = "Reform" });
        var again = await chief.PostAsJsonAsync($"/api/v1/organs/{county}/close", new { reason = "Reform" });

        Assert.Equal(["OrganHasOrgans", "OrganHasAssignments"], (await AccountsHost.JsonAsync(refused)).GetProperty("refusals").EnumerateArray().Select(r => r.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        Assert.Equal("OrganClosed", await AccountsHost.RefusalAsync(again));
    }

    [Fact]
    public async Task Only_the_system_administrator_says_who_supervises_whom()
    {
        await using var host = await AccountsHost.StartAsync();
        using var officer = await host.StaffAsync("city-bureau", "officer");

        using var security = await host.AdministratorAsync();
        foreach (var desk in (HttpClient[])[officer, security])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await desk.PostAsJsonAsync("/api/v1/organs", new { kind = "townStation", nameZh = "Mine", nameEn = "Mine" })).StatusCode);
        }
    }
}
