namespace Anlan.Tests.Enterprises.Registry;

public sealed class ListEnterprisesTests
{
    [Fact]
    public async Task Enterprises_are_found_by_name_code_place_and_kind()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.AnEnterpriseAsync("Northport Steel", "91990000MA0A00014F");
        await host.AnEnterpriseAsync("Harbour Cranes", "91990000MA0A00022A", division: RegistryHost.OtherTown);
        await host.AnEnterpriseAsync("Wang's repairs", kind: "selfEmployed");

        Assert.Equal(["Northport Steel"], await NamesAsync(host, "search=steel"));
        Assert.Equal(["Harbour Cranes"], await NamesAsync(host, "search=MA0A00022A"));
        Assert.Equal(["Harbour Cranes"], await NamesAsync(host, "division=990502"));
        Assert.Equal(["Wang's repairs"], await NamesAsync(host, "kind=selfEmployed"));
        Assert.Equal(["Harbour Cranes", "Northport Steel", "Wang's repairs"], await NamesAsync(host, ""));
        Assert.Equal(["Wang's repairs", "Northport Steel", "Harbour Cranes"], await NamesAsync(host, "sort=-name"));
    }

    [Fact]
    public async Task A_kind_that_does_not_exist_is_told()
    {
        await using var host = await RegistryHost.StartAsync();

        Assert.Equal(["kind:WordInvalid"], await RegistryHost.RefusalsAsync(await host.Bureau.GetAsync("enterprises?kind=7")));
        Assert.Equal(["kind:WordInvalid"], await RegistryHost.RefusalsAsync(await host.Bureau.GetAsync("people?kind=cousin")));
        Assert.Equal(["status:WordInvalid"], await RegistryHost.RefusalsAsync(await host.Bureau.GetAsync("certificates?status=fine")));
    }

    [Fact]
    public async Task Pages_follow_one_another_and_tell_the_total()
    {
        await using var host = await RegistryHost.StartAsync();
        for (var i = 0; i < 5; i++) await host.AnEnterpriseAsync($"Works {i}");

        var second = await RegistryHost.JsonAsync(await host.Bureau.GetAsync("enterprises?page=2&size=2"));

        Assert.Equal(5, second.GetProperty("total").GetInt32());
        Assert.Equal(["Works 2", "Works 3"], second.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task An_order_by_people_holds_within_a_page_and_across_pages()
    {
        await using var host = await RegistryHost.StartAsync();
        var (some, most) = (await host.AnEnterpriseAsync("Some"), await host.AnEnterpriseAsync("Most"));
        await host.AnEnterpriseAsync("None");
        foreach (var works in (Guid[])[most, some, most]) await host.AnEmploymentAsync(await host.APersonAsync(), works);

        Assert.Equal(["Most", "Some"], await NamesAsync(host, "sort=-people&size=2"));
        Assert.Equal(["None"], await NamesAsync(host, "sort=-people&size=2&page=2"));
        Assert.Equal(["None", "Some", "Most"], await NamesAsync(host, "sort=people"));
    }

    [Fact]
    public async Task A_safety_manager_sees_the_own_enterprise_alone()
    {
        await using var host = await RegistryHost.StartAsync();
        var own = await host.AnEnterpriseAsync("Own works");
        await host.AnEnterpriseAsync("Other works");

        var list = await RegistryHost.JsonAsync(await host.ManagerOf(own).GetAsync("enterprises"));

        Assert.Equal(1, list.GetProperty("total").GetInt32());
        Assert.Equal("Own works", list.GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Only_people_bound_today_are_counted()
    {
        await using var host = await RegistryHost.StartAsync();
        var works = await host.AnEnterpriseAsync();
        await host.AnEmploymentAsync(await host.APersonAsync(), works);
        await host.AnEmploymentAsync(await host.APersonAsync(), works, from: host.Today.AddDays(3));
        await host.AnEmploymentAsync(await host.APersonAsync(), works, "temporary", host.Today.AddDays(-9), host.Today.AddDays(-1));

        var list = await RegistryHost.JsonAsync(await host.Bureau.GetAsync("enterprises"));

        Assert.Equal(1, list.GetProperty("items")[0].GetProperty("people").GetInt32());
    }

    private static async Task<string?[]> NamesAsync(RegistryHost host, string query) =>
        [.. (await RegistryHost.JsonAsync(await host.Bureau.GetAsync("enterprises?" + query))).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("name").GetString())];
}
