using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Tests.Enterprises;
using Anlan.Toolkit.Security;

namespace Anlan.Tests.Platform.Host.Privacy.Keys;

public sealed class RotateKeyTests
{
    private const string Identity = "990000198506151232";

    [Fact]
    public async Task After_a_rotation_everything_is_sealed_anew_and_found_before_during_and_after()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync("Shen Anlan", Identity);
        await host.Bureau.PutAsJsonAsync($"people/{person}", new { name = "Shen Newname", phone = "13812345678" });
        for (var i = 0; i < 250; i++) await host.APersonAsync();
        await host.ACertificateAsync(person, "ZS00012345");
        var commitment = host.Get<IPeople>().Find(new PersonId(person))!.Commitment;
        var old = host.Get<KeyRing>().Newest;
        var chief = host.As(RoleNames.SecurityAdministrator);

        (await chief.PostAsJsonAsync("personal-keys", new { reason = "yearly" })).EnsureSuccessStatusCode();
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        await AssertFoundAsync(host, person);
        Assert.Equal(["KeyInUse"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync($"personal-keys/{old.Id}/destroy", new { reason = "done" })));

        // Half way, killed and started again.
        Assert.Equal(200, await host.Get<ResealJob>().RunOnceAsync(CancellationToken.None));
        await AssertFoundAsync(host, person);
        Assert.InRange((await KeysAsync(chief)).GetProperty("done").GetInt32(), 1, 99);
        var (now, folder) = (host.Clock.GetUtcNow(), await host.StopAsync());
        await using var again = await RegistryHost.StartAsync(folder, at: now);
        chief = again.As(RoleNames.SecurityAdministrator);
        await AssertFoundAsync(again, person);
        while (await again.Get<ResealJob>().RunOnceAsync(CancellationToken.None) > 0)
        {
        }

        var keys = (await KeysAsync(chief)).GetProperty("keys").EnumerateArray().ToList();
        Assert.Equal(0, keys.Single(key => key.GetProperty("id").GetString() == old.Id).GetProperty("values").GetInt64());
        (await chief.PostAsJsonAsync($"personal-keys/{old.Id}/destroy", new { reason = "done" })).EnsureSuccessStatusCode();
        await AssertFoundAsync(again, person);

        folder = await again.StopAsync();
        await using var last = await RegistryHost.StartAsync(folder, at: now);
        await AssertFoundAsync(last, person);
        Assert.Equal(commitment, last.Get<IPeople>().Find(new PersonId(person))!.Commitment);
        var full = await RegistryHost.JsonAsync(await last.Bureau.PostAsJsonAsync($"people/{person}/reveal", new { reason = "card", fields = new[] { "name", "identityNumber", "phone" } }));
        Assert.Equal(("Shen Newname", Identity, "13812345678"), (full.GetProperty("name").GetString(), full.GetProperty("identityNumber").GetString(), full.GetProperty("phone").GetString()));
        Assert.Contains(await last.AuditAsync(), audit => audit.Action == "privacy.key.destroyed" && audit.Subject == $"personal-key/{old.Id}");
    }

    [Fact]
    public async Task Nobody_is_entered_twice_while_the_indexes_turn()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.APersonAsync(identityNumber: Identity);
        (await host.As(RoleNames.SecurityAdministrator).PostAsJsonAsync("personal-keys", new { reason = "yearly" })).EnsureSuccessStatusCode();

        var twice = await host.Bureau.PostAsJsonAsync("people", new { name = "Somebody Else", identityNumber = Identity });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
    }

    [Fact]
    public async Task Only_whoever_may_rotates_with_a_reason_and_not_without_end()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.APersonAsync();
        var chief = host.As(RoleNames.SecurityAdministrator);

        Assert.Equal(HttpStatusCode.Forbidden, (await host.Bureau.PostAsJsonAsync("personal-keys", new { reason = "yearly" })).StatusCode);
        Assert.Equal(["reason:ReasonMissing"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync("personal-keys", new { reason = "" })));
        for (var i = 0; i < 3; i++) (await chief.PostAsJsonAsync("personal-keys", new { reason = "again" })).EnsureSuccessStatusCode();
        Assert.Equal(["KeysTooMany"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync("personal-keys", new { reason = "again" })));
        var keys = (await KeysAsync(chief)).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("id").GetString()).ToList();
        Assert.Equal(["KeySeals"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync($"personal-keys/{keys[0]}/destroy", new { reason = "x" })));
        Assert.Equal(["KeyTooFresh"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync($"personal-keys/{keys[1]}/destroy", new { reason = "x" })));
    }

    private static async Task AssertFoundAsync(RegistryHost host, Guid person)
    {
        foreach (var search in (string[])[Identity, "Shen Newname"])
        {
            var found = await host.Bureau.GetFromJsonAsync<JsonElement>($"people?search={Uri.EscapeDataString(search)}");
            Assert.Equal(person, Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        }

        Assert.Equal(1, (await host.Bureau.GetFromJsonAsync<JsonElement>("certificates?search=ZS00012345")).GetProperty("total").GetInt32());
        Assert.Equal(new PersonId(person), await host.Get<IPeople>().FindByIdentityNumberAsync(Identity, CancellationToken.None));
    }

    private static async Task<JsonElement> KeysAsync(HttpClient chief) => await chief.GetFromJsonAsync<JsonElement>("personal-keys");
}
