using Anlan.Tests.Enterprises;

namespace Anlan.Tests.Training.Certificates;

public sealed class ListCertificatesTests
{
    [Fact]
    public async Task Certificates_are_found_by_number_person_enterprise_sub_item_and_status()
    {
        await using var host = await RegistryHost.StartAsync();
        var works = await host.AnEnterpriseAsync();
        var (one, other) = (await host.APersonAsync(), await host.APersonAsync());
        await host.AnEmploymentAsync(one, works);
        await host.ACertificateAsync(one, "NP-111111");
        await host.ACertificateAsync(other, "NP-222222", subItem: "brazing");
        await host.ACertificateAsync(other, "NP-333333", issuedOn: host.Today.AddYears(-6).AddDays(-1), subItem: "pressure");

        Assert.Equal(["*****1111"], await NumbersAsync(host.Bureau, "search=np-111111"));
        Assert.Equal(["*****1111"], await NumbersAsync(host.Bureau, $"enterprise={works}"));
        Assert.Equal(["*****3333", "*****2222"], await NumbersAsync(host.Bureau, $"person={other}"));
        Assert.Equal(["*****2222"], await NumbersAsync(host.Bureau, "subItem=brazing"));
        Assert.Equal(["*****3333"], await NumbersAsync(host.Bureau, "status=expired"));
        Assert.Equal("*****3333", (await NumbersAsync(host.Bureau, "sort=expiresOn"))[0]);
        Assert.Equal("*****3333", (await NumbersAsync(host.Bureau, "sort=-expiresOn"))[^1]);
    }

    [Fact]
    public async Task A_safety_manager_sees_certificates_of_people_bound_today()
    {
        await using var host = await RegistryHost.StartAsync();
        var own = await host.AnEnterpriseAsync();
        var (mine, gone) = (await host.APersonAsync(), await host.APersonAsync());
        await host.AnEmploymentAsync(mine, own);
        await host.AnEmploymentAsync(gone, own, "temporary", host.Today.AddDays(-9), host.Today.AddDays(-1));
        await host.ACertificateAsync(mine, "NP-111111");
        await host.ACertificateAsync(gone, "NP-222222");

        Assert.Equal(["*****1111"], await NumbersAsync(host.ManagerOf(own), ""));
    }

    private static async Task<string?[]> NumbersAsync(HttpClient by, string query) =>
        [.. (await RegistryHost.JsonAsync(await by.GetAsync("certificates?" + query))).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("number").GetString())];
}
