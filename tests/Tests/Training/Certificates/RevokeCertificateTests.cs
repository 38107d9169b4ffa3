using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Tests.Enterprises;

namespace Anlan.Tests.Training.Certificates;

public sealed class RevokeCertificateTests
{
    [Fact]
    public async Task A_revoked_certificate_is_revoked_at_the_commit_and_others_are_told()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        var id = await host.ACertificateAsync(person);

        (await host.Bureau.PostAsJsonAsync($"certificates/{id}/revoke", new { reason = "false papers" })).EnsureSuccessStatusCode();

        Assert.True(host.Get<IQualifications>().CertificatesOf(new PersonId(person))[0].IsRevoked);
        Assert.Equal([new CertificateWithdrawn(id, new PersonId(person), "false papers")], await host.EventsAsync<CertificateWithdrawn>());
        Assert.Equal(["CertificateRevoked"], await RegistryHost.RefusalsAsync(await host.Bureau.PostAsJsonAsync($"certificates/{id}/revoke", new { reason = "again" })));
    }

    [Fact]
    public async Task The_history_tells_who_did_what_and_why()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.ACertificateAsync(await host.APersonAsync("Shen Anlan", "990000198506151232"), "T990000198506151232");
        await host.Bureau.PostAsJsonAsync($"certificates/{id}/revoke", new { reason = "false papers" });

        var shown = await RegistryHost.JsonAsync(await host.Bureau.GetAsync($"certificates/{id}"));

        var history = shown.GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(["revoked", "entered"], history.Select(h => h.GetProperty("kind").GetString()));
        Assert.Equal(("false papers", "city-bureau"), (history[0].GetProperty("reason").GetString(), history[0].GetProperty("by").GetString()));
        Assert.Equal("T990000********1232", history[1].GetProperty("fields")[0].GetProperty("after").GetString());
        Assert.Equal(("revoked", "T990000********1232"), (shown.GetProperty("status").GetString(), shown.GetProperty("number").GetString()));
    }

    [Fact]
    public async Task Only_the_bureau_revokes_and_never_without_a_reason()
    {
        await using var host = await RegistryHost.StartAsync();
        var (own, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        await host.AnEmploymentAsync(person, own);
        var id = await host.ACertificateAsync(person);

        Assert.Equal(HttpStatusCode.Forbidden, (await host.ManagerOf(own).PostAsJsonAsync($"certificates/{id}/revoke", new { reason = "x" })).StatusCode);
        Assert.Equal(["reason:ReasonMissing"], await RegistryHost.RefusalsAsync(await host.Bureau.PostAsJsonAsync($"certificates/{id}/revoke", new { reason = " " })));
        Assert.Empty(await host.EventsAsync<CertificateWithdrawn>());
    }

    [Fact]
    public async Task After_a_revocation_the_same_certificate_can_be_earned_anew()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        var id = await host.ACertificateAsync(person, "NP-777777");
        await host.Bureau.PostAsJsonAsync($"certificates/{id}/revoke", new { reason = "lost" });

        await host.ACertificateAsync(person, "NP-777777");

        Assert.Equal([true, false], host.Get<IQualifications>().CertificatesOf(new PersonId(person)).Select(c => c.IsRevoked).OrderDescending());
        Assert.Equal(new PersonId(person), host.Get<IQualifications>().FindHolder("NP-777777"));
    }
}
