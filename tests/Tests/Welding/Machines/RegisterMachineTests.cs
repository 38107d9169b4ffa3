using System.Net;
using System.Net.Http.Json;
using Anlan.Kernel.Places;
using Anlan.Welding.Machines;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Machines;

public sealed class RegisterMachineTests
{
    private static readonly Dictionary<string, Func<MachinesHost.Declared, MachineNeighbours, MachinesHost.Declared>> Spoils = new()
    {
        ["ratedCurrent:RatedCurrentMissing"] = (declared, _) => declared with { RatedCurrent = null },
        ["ratedCurrent:RatedCurrentOfGas"] = (declared, _) => declared with { Kind = "gas" },
        ["userEnterprise:EnterpriseUnknown"] = (declared, _) => declared with { UserEnterprise = Guid.CreateVersion7() },
        ["userEnterprise:EnterpriseClosed"] = (declared, neighbours) => declared with { UserEnterprise = Closed(neighbours) },
        ["ownerEnterprise:EnterpriseUnknown"] = (declared, _) => declared with { OwnerEnterprise = Guid.CreateVersion7() },
        ["ownerEnterprise:EnterpriseClosed"] = (declared, neighbours) => declared with { OwnerEnterprise = Closed(neighbours) },
        ["ownerPerson:PersonUnknown"] = (declared, _) => declared with { OwnerPerson = Guid.CreateVersion7() },
        ["ownerPerson:OwnerTwice"] = (declared, neighbours) => declared with { OwnerPerson = neighbours.APerson().Value, OwnerEnterprise = neighbours.AnEnterprise().Value },
        ["division:DivisionUnknown"] = (declared, _) => declared with { Division = "990521002" },
        ["division:DivisionMissing"] = (declared, _) => declared with { Division = null },
        ["division:DivisionTooWide"] = (declared, _) => declared with { Division = "9905" },
        ["datum:DatumInvalid"] = (declared, _) => declared with { Datum = null },
    };

    [Fact]
    public async Task A_registered_machine_is_known_at_once_with_its_usual_fence_and_its_user_as_owner()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();

        var answer = await host.Bureau.PostAsJsonAsync("machines", MachinesHost.ADeclaration(works) with { Code = " wj-0001 " });

        var id = (await MachinesHost.JsonAsync(answer)).GetProperty("id").GetGuid();
        var facts = host.Services.GetRequiredService<MachineIndex>().FindByCode("WJ-0001")!;
        var shown = await MachinesHost.JsonAsync(await host.Bureau.GetAsync("machines/wj-0001"));
        Assert.Equal(id, facts.Id.Value);
        Assert.Equal(200, facts.FenceMetres);
        Assert.Equal(works.Value, shown.GetProperty("ownerEnterprise").GetGuid());
        var audit = Assert.Single(await host.AuditAsync());
        Assert.Equal(("welding.machine.registered", $"machine/{id}"), (audit.Action, audit.Subject));
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        await using var host = await MachinesHost.StartAsync();

        var answer = await host.Bureau.PostAsJsonAsync("machines", new { code = "x", ratedCurrent = 1, kind = "laser", division = "1", latitude = 91, fenceMetres = 1 });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(
            [
                "code:CodeInvalid", "kind:KindInvalid", "model:ModelInvalid", "userEnterprise:EnterpriseMissing", "division:DivisionUnknown", "site:SiteInvalid", "latitude:LatitudeInvalid",
                "longitude:LongitudeInvalid", "datum:DatumInvalid", "fenceMetres:FenceInvalid",
            ],
            await MachinesHost.RefusalsAsync(answer));
        Assert.Empty(await host.AuditAsync());
    }

    public static TheoryData<string> Wrong => [.. Spoils.Keys];

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_refused_by_name(string refusal)
    {
        await using var host = await MachinesHost.StartAsync();

        var answer = await host.Bureau.PostAsJsonAsync("machines", Spoils[refusal](MachinesHost.ADeclaration(host.Neighbours.AnEnterprise()), host.Neighbours));

        Assert.Equal([refusal], await MachinesHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_code_is_given_once_whatever_its_case()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works, "WJ-0001");

        var answer = await host.Bureau.PostAsJsonAsync("machines", MachinesHost.ADeclaration(works) with { Code = "wj-0001" });

        Assert.Equal(["code:CodeTaken"], await MachinesHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task One_of_many_who_register_the_same_code_at_once_wins()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Bureau.PostAsJsonAsync("machines", MachinesHost.ADeclaration(works))));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.All(answers.Where(answer => !answer.IsSuccessStatusCode), answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        Assert.Single(await host.AuditAsync());
    }

    [Fact]
    public async Task A_place_from_a_phone_map_is_converted_before_it_is_kept()
    {
        await using var host = await MachinesHost.StartAsync();
        var map = Gcj02.FromWgs84(new GeoPoint(30.5, 120.0));

        var answer = await host.Bureau.PostAsJsonAsync("machines", MachinesHost.ADeclaration(host.Neighbours.AnEnterprise()) with { Latitude = map.Latitude, Longitude = map.Longitude, Datum = "gcj02" });

        answer.EnsureSuccessStatusCode();
        var shown = (await MachinesHost.JsonAsync(await host.Bureau.GetAsync("machines/WJ-0001"))).GetProperty("machine");
        Assert.Equal(30.5, shown.GetProperty("latitude").GetDouble(), 6);
        Assert.Equal(120.0, shown.GetProperty("longitude").GetDouble(), 6);
    }

    [Fact]
    public async Task A_safety_manager_registers_for_the_own_enterprise_only()
    {
        await using var host = await MachinesHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise(creditCode: "91330521MA2B0LENDE"));
        var manager = host.As("safety-manager", own);

        var foreign = await manager.PostAsJsonAsync("machines", MachinesHost.ADeclaration(other));
        var guessed = await manager.PostAsJsonAsync("machines", MachinesHost.ADeclaration(own) with { OwnerEnterprise = other.Value });
        var rented = await manager.PostAsJsonAsync("machines", MachinesHost.ADeclaration(own) with { OwnerCreditCode = "91330521MA2B0LENDE" });

        Assert.Equal(["userEnterprise:EnterpriseNotOwn"], await MachinesHost.RefusalsAsync(foreign));
        Assert.Equal(["ownerEnterprise:EnterpriseUnknown"], await MachinesHost.RefusalsAsync(guessed));
        Assert.Equal(HttpStatusCode.OK, rented.StatusCode);
    }

    [Theory]
    [InlineData("installer")]
    [InlineData("welder")]
    public async Task Other_roles_register_nothing(string role)
    {
        await using var host = await MachinesHost.StartAsync();

        var answer = await host.As(role).PostAsJsonAsync("machines", MachinesHost.ADeclaration(host.Neighbours.AnEnterprise()));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static Guid Closed(MachineNeighbours neighbours)
    {
        var enterprise = neighbours.AnEnterprise();
        neighbours.Close(enterprise);
        return enterprise.Value;
    }
}
