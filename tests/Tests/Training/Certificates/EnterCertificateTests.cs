using System.Net;
using System.Net.Http.Json;
using System.Text;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Tests.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Training.Certificates;

public sealed class EnterCertificateTests
{
    [Fact]
    public async Task An_entered_certificate_answers_at_once_with_all_its_dates()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync("Shen Anlan", "990000198506151232");

        var id = await host.ACertificateAsync(person, "t990000 198506151232", new DateOnly(2024, 3, 10));

        var facts = Assert.Single(host.Get<IQualifications>().CertificatesOf(new PersonId(person)));
        // The next review would fall into 2027, when Order 19 asks for none.
        Assert.Equal(new CertificateFacts(id, "welding", "fusion", new DateOnly(2024, 3, 10), null, null, new DateOnly(2030, 3, 10), false), facts);
        Assert.Equal(new PersonId(person), host.Get<IQualifications>().FindHolder("T990000198506151232"));
        Assert.Null(host.Get<IQualifications>().FindHolder("T990000199001010017"));
    }

    [Fact]
    public async Task A_first_review_that_nobody_typed_is_worked_out()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();

        await host.ACertificateAsync(person, issuedOn: new DateOnly(2023, 3, 10));

        Assert.Equal(new DateOnly(2026, 3, 10), host.Get<IQualifications>().CertificatesOf(new PersonId(person))[0].ReviewDueOn);
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_with_its_field()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();

        var answer = await host.Bureau.PostAsJsonAsync("certificates", new { person, number = "1", category = "welding", subItem = "soldering", authority = new string('x', 101) });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(
            ["number:CertificateNumberFormat", "subItem:SubItemNotInCatalogue", "authority:AuthorityTooLong", "issuedOn:IssuedMissing", "expiresOn:ExpiresMissing"], await RegistryHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_number_with_somebody_elses_identity_number_is_refused()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync("Shen Anlan", "990000198506151232");

        var answer = await EnterAsync(host.Bureau, person, "T990000199001010017");

        Assert.Equal(["number:CertificateNumberOfAnother"], await RegistryHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_number_belongs_to_one_person_and_may_carry_several_sub_items()
    {
        await using var host = await RegistryHost.StartAsync();
        var (one, other) = (await host.APersonAsync(), await host.APersonAsync());
        await host.ACertificateAsync(one, "NP-777777");

        var elsewhere = await EnterAsync(host.Bureau, other, "NP-777777");
        var twice = await EnterAsync(host.Bureau, one, "NP-777777");
        await host.ACertificateAsync(one, "NP-777777", subItem: "brazing");

        Assert.Equal(["number:CertificateNumberTaken"], await RegistryHost.RefusalsAsync(elsewhere));
        Assert.Equal(["number:CertificateEnteredAlready"], await RegistryHost.RefusalsAsync(twice));
        Assert.Equal(2, host.Get<IQualifications>().CertificatesOf(new PersonId(one)).Count);
    }

    [Fact]
    public async Task The_database_holds_no_certificate_number()
    {
        var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync("Shen Anlan", "990000198506151232");
        var id = await host.ACertificateAsync(person, "T990000198506151232");
        (await host.Bureau.PutAsJsonAsync($"certificates/{id}", new { number = "NP-424242", category = "welding", subItem = "fusion", issuedOn = "2025-01-05", expiresOn = "2031-01-05" })).EnsureSuccessStatusCode();
        var folder = await host.StopAsync();

        var bytes = await TestStore.ContentsAsync(folder);

        Assert.DoesNotContain(["990000198506151232", "850615", "NP-424242"], text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
        TestStore.Remove(folder);
    }

    [Fact]
    public async Task A_safety_manager_enters_certificates_of_the_own_people_only()
    {
        await using var host = await RegistryHost.StartAsync();
        var own = await host.AnEnterpriseAsync();
        var (mine, stranger) = (await host.APersonAsync(), await host.APersonAsync());
        await host.AnEmploymentAsync(mine, own);

        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(host.ManagerOf(own), mine, Numbers.CertificateNumber())).StatusCode);
        Assert.Equal(["person:PersonUnknown"], await RegistryHost.RefusalsAsync(await EnterAsync(host.ManagerOf(own), stranger, Numbers.CertificateNumber())));
        Assert.Equal(HttpStatusCode.Forbidden, (await EnterAsync(host.As("welder"), mine, Numbers.CertificateNumber())).StatusCode);
    }

    private static Task<HttpResponseMessage> EnterAsync(HttpClient by, Guid person, string number) =>
        by.PostAsJsonAsync("certificates", new { person, number, category = "welding", subItem = "fusion", issuedOn = "2025-01-05", expiresOn = "2031-01-05" });
}
