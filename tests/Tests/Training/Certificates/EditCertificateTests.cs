using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Tests.Enterprises;

namespace Anlan.Tests.Training.Certificates;

public sealed class EditCertificateTests
{
    [Theory]
    [InlineData("fusion", "2025-12-31", true)] // ran out last week
    [InlineData("brazing", "2031-01-05", true)] // another sub-item
    [InlineData("fusion", "2030-01-05", false)] // shorter, still in force
    public async Task An_edit_that_takes_the_ground_from_running_work_is_told(string subItem, string expiresOn, bool isTold)
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        var id = await host.ACertificateAsync(person);

        var answer = await host.Bureau.PutAsJsonAsync($"certificates/{id}", new { category = "welding", subItem, issuedOn = "2025-01-05", expiresOn });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(isTold ? [new CertificateWithdrawn(id, new PersonId(person), "edited")] : [], await host.EventsAsync<CertificateWithdrawn>());
        Assert.Equal((subItem, Numbers.Day(expiresOn)), host.Get<IQualifications>().CertificatesOf(new PersonId(person)).Select(c => (c.SubItem, c.ExpiresOn)).Single());
    }

    [Fact]
    public async Task Without_a_number_the_number_stays()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        var id = await host.ACertificateAsync(person, "NP-777777");

        await host.Bureau.PutAsJsonAsync($"certificates/{id}", new { category = "welding", subItem = "fusion", issuedOn = "2025-01-05", expiresOn = "2030-01-05" });

        Assert.Equal(new PersonId(person), host.Get<IQualifications>().FindHolder("NP-777777"));
    }

    [Fact]
    public async Task A_corrected_number_finds_the_holder_and_the_old_one_nobody()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        var id = await host.ACertificateAsync(person, "NP-777777");

        await host.Bureau.PutAsJsonAsync($"certificates/{id}", new { number = "NP-888888", category = "welding", subItem = "fusion", issuedOn = "2025-01-05", expiresOn = "2031-01-05" });

        Assert.Equal(new PersonId(person), host.Get<IQualifications>().FindHolder("NP-888888"));
        Assert.Null(host.Get<IQualifications>().FindHolder("NP-777777"));
    }

    [Fact]
    public async Task A_revoked_certificate_is_not_edited_and_a_strangers_is_unknown()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.ACertificateAsync(await host.APersonAsync());
        var request = new { category = "welding", subItem = "fusion", issuedOn = "2025-01-05", expiresOn = "2031-01-05" };

        var stranger = await host.ManagerOf(await host.AnEnterpriseAsync()).PutAsJsonAsync($"certificates/{id}", request);
        await host.Bureau.PostAsJsonAsync($"certificates/{id}/revoke", new { reason = "lost" });
        var revoked = await host.Bureau.PutAsJsonAsync($"certificates/{id}", request);

        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal(["CertificateRevoked"], await RegistryHost.RefusalsAsync(revoked));
    }

    [Fact]
    public async Task Somebody_elses_newer_edit_is_not_overwritten()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await host.ACertificateAsync(await host.APersonAsync());
        var seen = (await RegistryHost.JsonAsync(await host.Bureau.GetAsync($"certificates/{id}"))).GetProperty("version").GetInt32();
        await host.Bureau.PutAsJsonAsync($"certificates/{id}", new { category = "welding", subItem = "fusion", issuedOn = "2025-01-05", expiresOn = "2030-01-05" });

        var late = await host.Bureau.PutAsJsonAsync($"certificates/{id}", new { category = "welding", subItem = "fusion", issuedOn = "2025-01-05", expiresOn = "2029-01-05", version = seen });

        Assert.Equal(["ChangedMeanwhile"], await RegistryHost.RefusalsAsync(late));
    }
}
