using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;

namespace Anlan.Tests.Enterprises.Employments;

public sealed class BindPersonTests
{
    [Fact]
    public async Task A_temporary_binding_holds_from_its_first_to_its_last_day()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        await host.AnEmploymentAsync(person, works, "temporary", host.Today.AddDays(1), host.Today.AddDays(3));

        var inForce = Enumerable.Range(0, 6).Select(day => host.Get<IEmployment>().FindBinding(new PersonId(person), new EnterpriseId(works), host.Today.AddDays(day)) is not null);

        Assert.Equal([false, true, true, true, false, false], inForce);
    }

    [Fact]
    public async Task Two_clicks_at_once_bind_once()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Bureau.PostAsJsonAsync("employments", new { person, enterprise = works, kind = "permanent" })));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        Assert.Single(host.Get<IEmployment>().BindingsOf(new PersonId(person), host.Today));
    }

    [Fact]
    public async Task A_safety_manager_binds_no_stranger_by_id()
    {
        await using var host = await RegistryHost.StartAsync();
        var (own, other) = (await host.AnEnterpriseAsync("Own"), await host.AnEnterpriseAsync("Other"));
        var stranger = await host.APersonAsync();
        await host.AnEmploymentAsync(stranger, other);
        var newcomer = await host.APersonAsync(by: host.ManagerOf(own));

        var refused = await host.ManagerOf(own).PostAsJsonAsync("employments", new { person = stranger, enterprise = own, kind = "permanent" });
        var foreign = await host.ManagerOf(own).PostAsJsonAsync("employments", new { person = newcomer, enterprise = other, kind = "permanent" });
        var bound = await host.ManagerOf(own).PostAsJsonAsync("employments", new { person = newcomer, enterprise = own, kind = "permanent" });

        Assert.Equal(["PersonUnknown"], await RegistryHost.RefusalsAsync(refused));
        Assert.Equal(["EnterpriseUnknown"], await RegistryHost.RefusalsAsync(foreign));
        Assert.True(bound.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Employments_are_listed_in_force_first()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync("Shen Anlan"));
        await host.AnEmploymentAsync(person, works, "temporary", host.Today.AddDays(-9), host.Today.AddDays(-5));
        await host.AnEmploymentAsync(person, works);

        var list = await RegistryHost.JsonAsync(await host.ManagerOf(works).GetAsync($"employments?enterprise={works}"));

        Assert.Equal([true, false], list.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("isInForce").GetBoolean()));
        Assert.Equal("S********n", list.GetProperty("items")[0].GetProperty("personName").GetString());
    }
}
