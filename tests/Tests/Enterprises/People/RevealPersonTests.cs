using System.Net;
using System.Net.Http.Json;
using Anlan.Toolkit.Personal;

namespace Anlan.Tests.Enterprises.People;

public sealed class RevealPersonTests
{
    [Fact]
    public async Task Whoever_gives_a_reason_sees_everything_and_is_on_record()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.APersonAsync("Shen Anlan", "990000198506151232");

        var answer = await host.Bureau.PostAsJsonAsync($"people/{id}/reveal", new { reason = "checking the card", fields = new[] { "name", "identityNumber" } });

        var plain = await RegistryHost.JsonAsync(answer);
        var look = Assert.Single(await host.LooksAsync(), l => l.IsUnmasked);
        Assert.Equal(("Shen Anlan", "990000198506151232"), (plain.GetProperty("name").GetString(), plain.GetProperty("identityNumber").GetString()));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, plain.GetProperty("phone").ValueKind);
        Assert.Equal(("checking the card", "enterprises.person.revealed", PersonalField.Name | PersonalField.IdentityNumber, 1), (look.Reason, look.View, look.Fields, look.People));
        Assert.Equal([id], await host.SeenAsync(look.Id));
        Assert.NotEqual(Guid.Empty, look.Account);
    }

    [Fact]
    public async Task Without_a_reason_nobody_sees_anything()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.APersonAsync();

        var answer = await host.Bureau.PostAsJsonAsync($"people/{id}/reveal", new { reason = " ", fields = new[] { "name" } });

        Assert.Equal(["reason:ReasonMissing"], await RegistryHost.RefusalsAsync(answer));
        Assert.DoesNotContain(await host.LooksAsync(), look => look.IsUnmasked);
    }

    [Fact]
    public async Task A_safety_manager_reveals_the_own_people_only()
    {
        await using var host = await RegistryHost.StartAsync();
        var (own, other) = (await host.AnEnterpriseAsync("Own"), await host.AnEnterpriseAsync("Other"));
        var (mine, theirs) = (await host.APersonAsync(), await host.APersonAsync());
        await host.AnEmploymentAsync(mine, own);
        await host.AnEmploymentAsync(theirs, other);
        var manager = host.ManagerOf(own);

        Assert.Equal(HttpStatusCode.OK, (await manager.PostAsJsonAsync($"people/{mine}/reveal", new { reason = "card", fields = new[] { "phone" } })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.PostAsJsonAsync($"people/{theirs}/reveal", new { reason = "card", fields = new[] { "phone" } })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.As("welder").PostAsJsonAsync($"people/{mine}/reveal", new { reason = "card", fields = new[] { "phone" } })).StatusCode);
    }
}
