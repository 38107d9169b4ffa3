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
}
