using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.People;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Enterprises.People;

public sealed class EditPersonTests
{
    [Fact]
    public async Task A_corrected_name_changes_mask_and_commitment_and_the_old_one_is_kept_sealed()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.APersonAsync("Shen Anlam");
        var before = host.Get<IPeople>().Find(new PersonId(id))!;

        var answer = await host.Bureau.PutAsJsonAsync($"people/{id}", new { name = "Chen Anlan" });

        var after = host.Get<IPeople>().Find(new PersonId(id))!;
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("C********n", after.MaskedName);
        Assert.NotEqual(before.Commitment, after.Commitment);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<FormerName>().CountAsync()));
        Assert.DoesNotContain("Anlan", (await host.AuditAsync())[^1].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_telephone_is_changed_removed_or_left_alone()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.APersonAsync();

        await host.Bureau.PutAsJsonAsync($"people/{id}", new { phone = "13900001234" });
        await host.Bureau.PutAsJsonAsync($"people/{id}", new { name = "Shen Anlan" });
        var kept = await RegistryHost.JsonAsync(await host.Bureau.GetAsync($"people/{id}"));
        await host.Bureau.PutAsJsonAsync($"people/{id}", new { phone = "" });
        var removed = await RegistryHost.JsonAsync(await host.Bureau.GetAsync($"people/{id}"));

        Assert.Equal("139****1234", kept.GetProperty("phone").GetString());
        Assert.Null(removed.GetProperty("phone").GetString());
    }
}
