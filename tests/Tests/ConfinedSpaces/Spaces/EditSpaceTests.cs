using System.Net;
using System.Net.Http.Json;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class EditSpaceTests
{
    [Fact]
    public async Task A_correction_is_shown_and_on_record_with_what_was_before()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var code = await host.ASpaceAsync(works);

        var answer = await host.Bureau.PutAsJsonAsync($"spaces/{code}", SpacesHost.ADeclaration(works) with { Name = "Sewage pool 3", Hazards = ["flammable"], Access = "none", Version = 1 });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var shown = await SpacesHost.JsonAsync(await host.Bureau.GetAsync($"spaces/{code}"));
        Assert.Equal(("Sewage pool 3", "none", 2), (shown.GetProperty("space").GetProperty("name").GetString(), shown.GetProperty("space").GetProperty("access").GetString(), shown.GetProperty("version").GetInt32()));
        var audit = (await host.AuditAsync())[^1];
        Assert.Equal("spaces.edited", audit.Action);
        Assert.Contains("Sewage pool 2", audit.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_the_same_as_before_is_no_edit()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var code = await host.ASpaceAsync(works);

        var answer = await host.Bureau.PutAsJsonAsync($"spaces/{code}", SpacesHost.ADeclaration(works));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Single(await host.AuditAsync());
    }

    [Fact]
    public async Task An_edit_of_an_older_version_is_refused_and_writes_nothing()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var code = await host.ASpaceAsync(works);
        (await host.Bureau.PutAsJsonAsync($"spaces/{code}", SpacesHost.ADeclaration(works) with { Name = "First", Version = 1 })).EnsureSuccessStatusCode();

        var answer = await host.Bureau.PutAsJsonAsync($"spaces/{code}", SpacesHost.ADeclaration(works) with { Name = "Second", Version = 1 });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("First", Assert.Single(host.Index.All).Name);
    }

    [Fact]
    public async Task Neither_a_closed_enterprise_nor_a_person_who_left_stands_in_the_way_of_a_correction()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var person = host.Neighbours.APerson(works);
        var code = await host.ASpaceAsync(works, declared => declared with { Responsible = person.Value });
        host.Neighbours.Leaves(person);
        host.Neighbours.Close(works);

        var answer = await host.Bureau.PutAsJsonAsync($"spaces/{code}", SpacesHost.ADeclaration(works) with { Name = "Pool", Responsible = person.Value });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var shown = await SpacesHost.JsonAsync(await host.Bureau.GetAsync($"spaces/{code}"));
        Assert.False(shown.GetProperty("isResponsibleEmployed").GetBoolean());
        Assert.Equal("S* Ming", shown.GetProperty("responsibleName").GetString());
    }

    [Fact]
    public async Task Whoever_answers_for_it_stays_behind_when_it_goes_to_another_enterprise()
    {
        await using var host = await SpacesHost.StartAsync();
        var (works, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise("Others"));
        var person = host.Neighbours.APerson(works);
        var code = await host.ASpaceAsync(works, declared => declared with { Responsible = person.Value });

        var answer = await host.Bureau.PutAsJsonAsync($"spaces/{code}", SpacesHost.ADeclaration(other) with { Responsible = person.Value });

        Assert.Equal(["responsible:ResponsibleNotEmployed"], await SpacesHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task Of_another_enterprise_nothing_is_seen_and_nothing_changed()
    {
        await using var host = await SpacesHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise("Others"));
        var code = await host.ASpaceAsync(other);
        var manager = host.As("safety-manager", own);

        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"spaces/{code}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.PutAsJsonAsync($"spaces/{code}", SpacesHost.ADeclaration(own))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.PostAsJsonAsync($"spaces/{code}/seal", new { reason = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.PostAsJsonAsync($"spaces/{code}/review", new { })).StatusCode);
        Assert.Single(await host.AuditAsync());
    }
}
