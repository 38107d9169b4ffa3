using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;

namespace Anlan.Tests.Enterprises.Registry;

public sealed class EditEnterpriseTests
{
    [Fact]
    public async Task A_safety_manager_corrects_name_and_address_of_the_own_enterprise()
    {
        await using var host = await RegistryHost.StartAsync();
        var code = Numbers.CreditCode();
        var own = await host.AnEnterpriseAsync(creditCode: code);

        var answer = await host.ManagerOf(own).PutAsJsonAsync($"enterprises/{own}", new { name = "Northport Steelworks", creditCode = code, division = RegistryHost.Town, address = "1 Quay", kind = "company" });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("Northport Steelworks", host.Get<IEnterprises>().Find(new EnterpriseId(own))?.Name);
        Assert.Contains("Northport Steelworks", (await host.AuditAsync())[^1].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_credit_code_is_the_bureaus_to_correct()
    {
        await using var host = await RegistryHost.StartAsync();
        var own = await host.AnEnterpriseAsync();
        var request = new { name = "Works", creditCode = Numbers.CreditCode(), division = RegistryHost.Town, kind = "company" };

        var byManager = await host.ManagerOf(own).PutAsJsonAsync($"enterprises/{own}", request);
        var byBureau = await host.Bureau.PutAsJsonAsync($"enterprises/{own}", request);

        Assert.Equal(["creditCode:CreditCodeByBureauOnly"], await RegistryHost.RefusalsAsync(byManager));
        Assert.Equal(HttpStatusCode.NoContent, byBureau.StatusCode);
    }

    [Fact]
    public async Task The_place_decides_who_supervises_and_is_the_bureaus_to_correct()
    {
        await using var host = await RegistryHost.StartAsync();
        var code = Numbers.CreditCode();
        var own = await host.AnEnterpriseAsync("Works", code);
        var moved = new { name = "Works", creditCode = code, division = RegistryHost.OtherTown, kind = "company" };

        var byManager = await host.ManagerOf(own).PutAsJsonAsync($"enterprises/{own}", moved);
        host.Get<TestScopes>().OfBureau = TestScopes.Over(new DivisionCode(RegistryHost.Town));
        var outOfSight = await host.Bureau.PutAsJsonAsync($"enterprises/{own}", moved);
        host.Get<TestScopes>().OfBureau = null;
        var byWholeCity = await host.Bureau.PutAsJsonAsync($"enterprises/{own}", moved);

        Assert.Equal(["division:DivisionByBureauOnly"], await RegistryHost.RefusalsAsync(byManager));
        Assert.Equal(["division:DivisionOutsideScope"], await RegistryHost.RefusalsAsync(outOfSight));
        Assert.Equal(HttpStatusCode.NoContent, byWholeCity.StatusCode);
    }

    [Fact]
    public async Task Another_enterprise_is_unknown_to_a_safety_manager()
    {
        await using var host = await RegistryHost.StartAsync();
        var own = await host.AnEnterpriseAsync("Own works");
        var other = await host.AnEnterpriseAsync("Other works");
        var manager = host.ManagerOf(own);

        var edit = await manager.PutAsJsonAsync($"enterprises/{other}", new { name = "Mine now", creditCode = Numbers.CreditCode(), division = RegistryHost.Town, kind = "company" });

        Assert.Equal(HttpStatusCode.NotFound, edit.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"enterprises/{other}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.PostAsJsonAsync($"enterprises/{own}/close", new { reason = "x" })).StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_newer_edit_is_not_overwritten()
    {
        await using var host = await RegistryHost.StartAsync();
        var code = Numbers.CreditCode();
        var id = await host.AnEnterpriseAsync(creditCode: code);
        var seen = (await RegistryHost.JsonAsync(await host.Bureau.GetAsync($"enterprises/{id}"))).GetProperty("version").GetInt32();
        await host.Bureau.PutAsJsonAsync($"enterprises/{id}", new { name = "Newer name", creditCode = code, division = RegistryHost.Town, kind = "company" });

        var late = await host.Bureau.PutAsJsonAsync($"enterprises/{id}", new { name = "Older name", creditCode = code, division = RegistryHost.Town, kind = "company", version = seen });

        Assert.Equal(["ChangedMeanwhile"], await RegistryHost.RefusalsAsync(late));
        Assert.Equal("Newer name", host.Get<IEnterprises>().Find(new EnterpriseId(id))?.Name);
    }

    [Fact]
    public async Task Nothing_changed_writes_nothing()
    {
        await using var host = await RegistryHost.StartAsync();
        var code = Numbers.CreditCode();
        var id = await host.AnEnterpriseAsync("Works", code);

        await host.Bureau.PutAsJsonAsync($"enterprises/{id}", new { name = "Works", creditCode = code, division = RegistryHost.Town, kind = "company" });

        Assert.Single(await host.AuditAsync());
    }
}
