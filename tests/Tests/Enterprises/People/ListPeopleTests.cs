using System.Net;

namespace Anlan.Tests.Enterprises.People;

public sealed class ListPeopleTests
{
    [Theory]
    [InlineData("Shen Anlan", 1)] // the whole name
    [InlineData("shen  anlan", 1)]
    [InlineData("990000198506151232", 1)] // the whole number
    [InlineData("Shen", 0)] // a part of the name would let masks be guessed
    [InlineData("99000019850615", 0)]
    [InlineData("S********n", 1)] // as it stands on the screen
    public async Task People_are_found_by_whole_name_whole_number_or_mask(string search, int found)
    {
        await using var host = await RegistryHost.StartAsync();
        await host.APersonAsync("Shen Anlan", "990000198506151232");
        await host.APersonAsync("Bo Yan");

        var list = await RegistryHost.JsonAsync(await host.Bureau.GetAsync("people?search=" + Uri.EscapeDataString(search)));

        Assert.Equal(found, list.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_safety_manager_sees_who_is_or_will_be_bound_and_whom_they_entered()
    {
        await using var host = await RegistryHost.StartAsync();
        var (own, other) = (await host.AnEnterpriseAsync("Own"), await host.AnEnterpriseAsync("Other"));
        var (bound, coming, gone, elsewhere, entered) = (await host.APersonAsync(), await host.APersonAsync(), await host.APersonAsync(), await host.APersonAsync(), await host.APersonAsync(by: host.ManagerOf(own)));
        await host.AnEmploymentAsync(bound, own);
        await host.AnEmploymentAsync(coming, own, from: host.Today.AddDays(2));
        await host.AnEmploymentAsync(gone, own, "temporary", host.Today.AddDays(-9), host.Today.AddDays(-1));
        await host.AnEmploymentAsync(elsewhere, other);

        var list = await RegistryHost.JsonAsync(await host.ManagerOf(own).GetAsync("people"));

        Assert.Equal(new[] { bound, coming, entered }.ToHashSet(), list.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("id").GetGuid()).ToHashSet());
        Assert.Equal(HttpStatusCode.NotFound, (await host.ManagerOf(own).GetAsync($"people/{elsewhere}")).StatusCode);
    }

    [Fact]
    public async Task Whom_else_a_person_works_for_stays_hidden_from_a_safety_manager()
    {
        await using var host = await RegistryHost.StartAsync();
        var (own, other) = (await host.AnEnterpriseAsync("Own"), await host.AnEnterpriseAsync("Other"));
        var person = await host.APersonAsync();
        await host.AnEmploymentAsync(person, own);
        await host.AnEmploymentAsync(person, other);

        var list = await RegistryHost.JsonAsync(await host.ManagerOf(own).GetAsync("people"));
        var shown = await RegistryHost.JsonAsync(await host.ManagerOf(own).GetAsync($"people/{person}"));

        Assert.Equal(["Own"], list.GetProperty("items")[0].GetProperty("bindings").EnumerateArray().Select(b => b.GetProperty("enterpriseName").GetString()));
        Assert.Equal(1, shown.GetProperty("employments").GetArrayLength());
    }
}
