using System.Net;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;

namespace Anlan.Tests.Enterprises.Divisions;

public sealed class ListDivisionsTests
{
    [Fact]
    public async Task Everybody_who_is_signed_in_sees_the_citys_divisions()
    {
        await using var host = await RegistryHost.StartAsync();

        var all = await RegistryHost.JsonAsync(await host.As("welder").GetAsync("divisions"));
        var inside = await RegistryHost.JsonAsync(await host.Bureau.GetAsync("divisions?inside=9905"));

        Assert.Equal(6, all.GetArrayLength());
        Assert.Equal(["990501", "990502"], inside.EnumerateArray().Select(d => d.GetProperty("code").GetString()));
        Assert.Equal("东区", inside[0].GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Stranger().GetAsync("divisions")).StatusCode);
    }

    [Fact]
    public async Task A_code_that_is_none_lies_around_nothing()
    {
        await using var host = await RegistryHost.StartAsync();

        var answer = await RegistryHost.JsonAsync(await host.Bureau.GetAsync("divisions?inside=abc"));

        Assert.Equal(0, answer.GetArrayLength());
    }

    [Fact]
    public async Task Other_modules_ask_for_one_division()
    {
        await using var host = await RegistryHost.StartAsync();

        var divisions = host.Get<IDivisions>();

        Assert.Equal("一镇", divisions.Find(new DivisionCode(RegistryHost.Town))?.Name);
        Assert.Null(divisions.Find(new DivisionCode("330000")));
    }
}
