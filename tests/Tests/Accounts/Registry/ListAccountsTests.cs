namespace Anlan.Tests.Accounts.Registry;

public sealed class ListAccountsTests
{
    [Fact]
    public async Task A_safety_manager_sees_the_welders_of_the_own_enterprise_only()
    {
        await using var host = await AccountsHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        var manager = await host.StaffAsync("safety-manager", "manager", own.Value);
        var (_, mine) = await host.WelderAsync(host.Neighbours.ACertifiedWelder(own), "mine");
        await host.WelderAsync(host.Neighbours.ACertifiedWelder(other), "theirs");

        var list = await AccountsHost.JsonAsync(await manager.GetAsync("/api/v1/accounts"));

        Assert.Equal(1, list.GetProperty("total").GetInt32());
        Assert.Equal(mine, list.GetProperty("items")[0].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task An_administrator_searches_and_pages_all()
    {
        await using var host = await AccountsHost.StartAsync();
        var administrator = await host.AdministratorAsync();
        foreach (var name in new[] { "bureau-c", "bureau-a", "bureau-b" }) await host.StaffAsync("city-bureau", name);

        var list = await AccountsHost.JsonAsync(await administrator.GetAsync("/api/v1/accounts?search=BUREAU&page=2&size=2"));

        Assert.Equal(3, list.GetProperty("total").GetInt32());
        Assert.Equal("bureau-c", list.GetProperty("items")[0].GetProperty("userName").GetString());
    }

    [Fact]
    public async Task The_export_holds_what_the_filtered_list_holds_and_no_more()
    {
        await using var host = await AccountsHost.StartAsync();
        var (own, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        var manager = await host.StaffAsync("safety-manager", "manager", own.Value);
        await host.WelderAsync(host.Neighbours.ACertifiedWelder(own), "mine");
        await host.WelderAsync(host.Neighbours.ACertifiedWelder(own), "mine-too");
        await host.WelderAsync(host.Neighbours.ACertifiedWelder(other), "theirs");

        var file = await manager.GetStringAsync("/api/v1/accounts/export?search=too");
        var all = await manager.GetStringAsync("/api/v1/accounts/export?sort=-userName");

        Assert.Equal(["mine-too"], Names(file));
        Assert.Equal(["mine-too", "mine"], Names(all));
    }

    private static IEnumerable<string> Names(string file) => file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0]);
}
