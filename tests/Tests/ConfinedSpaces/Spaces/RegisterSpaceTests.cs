using System.Net;
using System.Net.Http.Json;
using Anlan.ConfinedSpaces.Spaces;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Kernel.Places;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

public sealed class RegisterSpaceTests
{
    private static readonly Dictionary<string, Func<SpacesHost.Declared, SpaceNeighbours, SpacesHost.Declared>> Spoils = new()
    {
        ["code:CodeInvalid"] = (declared, _) => declared with { Code = "EXPORT" },
        ["hazards:HazardsMissing"] = (declared, _) => declared with { Hazards = [] },
        ["hazards:WordInvalid"] = (declared, _) => declared with { Hazards = ["drowning", "boredom"] },
        ["kind:WordInvalid"] = (declared, _) => declared with { Kind = "1" },
        ["risk:WordMissing"] = (declared, _) => declared with { Risk = null },
        ["access:WordInvalid"] = (declared, _) => declared with { Access = "moat" },
        ["enterprise:EnterpriseUnknown"] = (declared, _) => declared with { Enterprise = Guid.CreateVersion7() },
        ["enterprise:EnterpriseClosed"] = (declared, neighbours) => declared with { Enterprise = Closed(neighbours) },
        ["responsible:PersonUnknown"] = (declared, _) => declared with { Responsible = Guid.CreateVersion7() },
        ["responsible:ResponsibleNotEmployed"] = (declared, neighbours) => declared with { Responsible = neighbours.APerson(neighbours.AnEnterprise("Others")).Value },
        ["division:DivisionMissing"] = (declared, _) => declared with { Division = null },
        ["division:DivisionTooWide"] = (declared, _) => declared with { Division = "9905" },
        ["longitude:LongitudeInvalid"] = (declared, _) => declared with { Longitude = null },
        ["datum:DatumInvalid"] = (declared, _) => declared with { Datum = null },
        ["volume:VolumeInvalid"] = (declared, _) => declared with { Volume = 0 },
        ["depth:DepthInvalid"] = (declared, _) => declared with { Depth = 5_000 },
        ["lastReviewedOn:ReviewInFuture"] = (declared, _) => declared with { LastReviewedOn = "2040-03-06" },
    };

    public static TheoryData<string> Wrong => [.. Spoils.Keys];

    [Fact]
    public async Task Spaces_without_a_code_are_counted_on_from_the_highest_number()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();

        Assert.Equal("KJ-0001", await host.ASpaceAsync(works));
        await host.ASpaceAsync(works, declared => declared with { Code = "kj-0007" });
        await host.ASpaceAsync(works, declared => declared with { Code = "KJ-EAST-9" });

        Assert.Equal("KJ-0008", await host.ASpaceAsync(works));
    }

    [Fact]
    public async Task An_entered_space_is_known_to_other_modules_at_once_and_its_entry_is_on_record()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();

        await host.ASpaceAsync(works, declared => declared with { Hazards = ["drowning", "hydrogenSulfide", "drowning"] });

        var facts = host.Services.GetRequiredService<ISpaces>().Find(Assert.Single(host.Index.All).Id)!;
        Assert.Equal(("KJ-0001", works, new GeoPoint(30.5, 120), "sewagePool"), (facts.Code, facts.Enterprise, facts.Place, facts.Kind));
        Assert.Equal(["hydrogenSulfide", "drowning"], facts.Hazards);
        Assert.False(facts.IsRemoved || facts.IsSealed);
        var audit = Assert.Single(await host.AuditAsync());
        Assert.Equal(("spaces.registered", $"space/{facts.Id.Value}"), (audit.Action, audit.Subject));
    }

    [Fact]
    public async Task A_space_that_nobody_uses_yet_is_identified_only()
    {
        await using var host = await SpacesHost.StartAsync();

        await host.ASpaceAsync(host.Neighbours.AnEnterprise(), declared => declared with { IsInUse = false });

        Assert.Equal(SpaceState.Identified, Assert.Single(host.Index.All).State);
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        await using var host = await SpacesHost.StartAsync();

        var answer = await host.Bureau.PostAsJsonAsync("spaces", new { code = "x", kind = "well", latitude = 91, depth = -1, volume = -1 });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(
            [
                "code:CodeInvalid", "name:NameInvalid", "kind:WordInvalid", "hazards:HazardsMissing", "risk:WordMissing", "enterprise:EnterpriseMissing", "division:DivisionMissing", "site:SiteInvalid",
                "latitude:LatitudeInvalid", "longitude:LongitudeInvalid", "datum:DatumInvalid", "volume:VolumeInvalid", "depth:DepthInvalid", "access:WordMissing",
            ],
            await SpacesHost.RefusalsAsync(answer));
        Assert.Empty(await host.AuditAsync());
    }

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_refused_by_name(string refusal)
    {
        await using var host = await SpacesHost.StartAsync();

        var answer = await host.Bureau.PostAsJsonAsync("spaces", Spoils[refusal](SpacesHost.ADeclaration(host.Neighbours.AnEnterprise()), host.Neighbours));

        Assert.Equal([refusal], await SpacesHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task Nobody_has_to_measure_a_place()
    {
        await using var host = await SpacesHost.StartAsync();

        await host.ASpaceAsync(host.Neighbours.AnEnterprise(), declared => declared with { Latitude = null, Longitude = null, Datum = null, Depth = null, Volume = null, Opening = " " });

        Assert.Null(Assert.Single(host.Index.All).Place);
    }

    [Fact]
    public async Task Many_who_enter_at_once_get_a_number_each_and_a_typed_code_is_given_once()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();

        var counted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.ASpaceAsync(works)));
        var typed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Bureau.PostAsJsonAsync("spaces", SpacesHost.ADeclaration(works) with { Code = "KJ-0100" })));

        Assert.Equal(["KJ-0001", "KJ-0002", "KJ-0003", "KJ-0004"], counted.Order(StringComparer.Ordinal));
        Assert.Single(typed, answer => answer.IsSuccessStatusCode);
        foreach (var answer in typed.Where(answer => !answer.IsSuccessStatusCode)) Assert.Equal(["code:CodeTaken"], await SpacesHost.RefusalsAsync(answer));
        Assert.Equal(5, (await host.AuditAsync()).Count);
    }

    [Fact]
    public async Task Whoever_answers_for_a_space_is_employed_by_its_enterprise_and_found_by_the_whole_number_too()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var person = host.Neighbours.APerson(works, hasNumber: true);

        await host.ASpaceAsync(works, declared => declared with { ResponsibleIdentityNumber = SpaceNeighbours.IdentityNumber });

        Assert.Equal(person, Assert.Single(host.Index.All).Responsible);
        Assert.DoesNotContain(await host.AuditAsync(), audit => audit.Details!.Contains(SpaceNeighbours.IdentityNumber, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_safety_manager_enters_for_the_own_enterprise_only_and_a_principal_enters_nothing()
    {
        await using var host = await SpacesHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise("Others"));
        var manager = host.As("safety-manager", own);

        var foreign = await manager.PostAsJsonAsync("spaces", SpacesHost.ADeclaration(other));
        var mine = await manager.PostAsJsonAsync("spaces", SpacesHost.ADeclaration(own));
        var principal = await host.As("principal-responsible", own).PostAsJsonAsync("spaces", SpacesHost.ADeclaration(own));

        Assert.Equal(["enterprise:EnterpriseNotOwn"], await SpacesHost.RefusalsAsync(foreign));
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, principal.StatusCode);
    }

    [Fact]
    public async Task A_bureau_enters_nothing_where_it_does_not_supervise()
    {
        await using var host = await SpacesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        host.Services.GetRequiredService<TestScopes>().OfBureau = TestScopes.Over(new Kernel.Divisions.DivisionCode("990521"));

        var answer = await host.Bureau.PostAsJsonAsync("spaces", SpacesHost.ADeclaration(works) with { Division = "990522" });

        Assert.Equal(["division:DivisionOutsideScope"], await SpacesHost.RefusalsAsync(answer));
    }

    private static Guid Closed(SpaceNeighbours neighbours)
    {
        var enterprise = neighbours.AnEnterprise();
        neighbours.Close(enterprise);
        return enterprise.Value;
    }
}
