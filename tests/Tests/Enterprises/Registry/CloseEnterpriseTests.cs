using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;

namespace Anlan.Tests.Enterprises.Registry;

public sealed class CloseEnterpriseTests
{
    [Fact]
    public async Task A_closed_enterprise_is_inactive_at_once_and_others_are_told()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.AnEnterpriseAsync();

        (await host.Bureau.PostAsJsonAsync($"enterprises/{id}/close", new { reason = "bankrupt" })).EnsureSuccessStatusCode();

        Assert.False(host.Get<IEnterprises>().Find(new EnterpriseId(id))!.IsActive);
        Assert.Equal([new EnterpriseClosed(new EnterpriseId(id))], await host.EventsAsync<EnterpriseClosed>());
        Assert.Equal(["EnterpriseClosed"], await RegistryHost.RefusalsAsync(await host.Bureau.PostAsJsonAsync($"enterprises/{id}/close", new { reason = "again" })));
    }

    [Fact]
    public async Task Nobody_is_bound_to_a_closed_enterprise()
    {
        await using var host = await RegistryHost.StartAsync();
        var (id, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        await host.Bureau.PostAsJsonAsync($"enterprises/{id}/close", new { reason = "bankrupt" });

        var answer = await host.Bureau.PostAsJsonAsync("employments", new { person, enterprise = id, kind = "permanent" });

        Assert.Equal(["enterprise:EnterpriseClosed"], await RegistryHost.RefusalsAsync(answer));
    }

    [Theory]
    [InlineData("", "reason:ReasonMissing")]
    [InlineData(null, "reason:ReasonMissing")]
    public async Task Closing_needs_a_reason(string? reason, string refusal)
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.AnEnterpriseAsync();

        var answer = await host.Bureau.PostAsJsonAsync($"enterprises/{id}/close", new { reason });

        Assert.Equal([refusal], await RegistryHost.RefusalsAsync(answer));
        Assert.Empty(await host.EventsAsync<EnterpriseClosed>());
    }
}
