using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;

namespace Anlan.Tests.Enterprises.Registry;

public sealed class RegisterEnterpriseTests
{
    [Fact]
    public async Task A_registered_enterprise_is_known_to_everybody_who_asks()
    {
        await using var host = await RegistryHost.StartAsync();

        var id = await host.AnEnterpriseAsync("Northport Steel", "91990000MA0A00014F");

        var facts = host.Get<IEnterprises>().Find(new EnterpriseId(id))!;
        var shown = await RegistryHost.JsonAsync(await host.Bureau.GetAsync($"enterprises/{id}"));
        Assert.Equal(("Northport Steel", "91990000MA0A00014F", RegistryHost.Town, true), (facts.Name, facts.CreditCode, facts.Division.Value, facts.IsActive));
        Assert.Equal("company", shown.GetProperty("kind").GetString());
        Assert.Equal("东区 / 一镇", shown.GetProperty("divisionName").GetString());
        Assert.Contains(await host.AuditAsync(), a => a.Action == "enterprises.enterprise.registered" && a.Subject == $"enterprise/{id}");
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_with_its_field()
    {
        await using var host = await RegistryHost.StartAsync();

        var answer = await host.Bureau.PostAsJsonAsync("enterprises", new { name = " ", creditCode = "91990000MA0A00014E", division = "330000", address = new string('x', 201), kind = "company" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["name:EnterpriseNameLength", "creditCode:CreditCodeCheckDigit", "division:DivisionNotInCity", "address:AddressTooLong"], await RegistryHost.RefusalsAsync(answer));
    }

    [Theory]
    [InlineData("9905")] // the whole city is no place of an enterprise
    [InlineData("abc")]
    [InlineData(null)]
    public async Task The_division_is_a_county_or_town_of_the_city(string? division)
    {
        await using var host = await RegistryHost.StartAsync();

        var answer = await host.Bureau.PostAsJsonAsync("enterprises", new { name = "Works", creditCode = Numbers.CreditCode(), division, kind = "company" });

        Assert.Equal(["division:DivisionNotInCity"], await RegistryHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task Only_a_self_employed_persons_business_may_lack_a_code()
    {
        await using var host = await RegistryHost.StartAsync();

        var company = await host.Bureau.PostAsJsonAsync("enterprises", new { name = "Works", division = RegistryHost.Town, kind = "company" });
        await host.AnEnterpriseAsync("Wang's repairs", kind: "selfEmployed");
        await host.AnEnterpriseAsync("Li's repairs", kind: "selfEmployed");

        Assert.Equal(["creditCode:CreditCodeMissing"], await RegistryHost.RefusalsAsync(company));
    }

    [Fact]
    public async Task A_code_is_registered_once_even_by_two_at_the_same_moment()
    {
        await using var host = await RegistryHost.StartAsync();
        var request = new { name = "Northport Steel", creditCode = Numbers.CreditCode(), division = RegistryHost.Town, kind = "company" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Bureau.PostAsJsonAsync("enterprises", request)));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        Assert.Equal(["creditCode:CreditCodeTaken"], await RegistryHost.RefusalsAsync(answers.First(a => !a.IsSuccessStatusCode)));
    }

    [Fact]
    public async Task Safety_managers_and_welders_register_no_enterprise()
    {
        await using var host = await RegistryHost.StartAsync();
        var request = new { name = "Works", creditCode = Numbers.CreditCode(), division = RegistryHost.Town, kind = "company" };

        Assert.Equal(HttpStatusCode.Forbidden, (await host.ManagerOf(Guid.CreateVersion7()).PostAsJsonAsync("enterprises", request)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.As("welder").PostAsJsonAsync("enterprises", request)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Stranger().PostAsJsonAsync("enterprises", request)).StatusCode);
    }

    [Fact]
    public async Task After_a_restart_everything_is_known_again()
    {
        var first = await RegistryHost.StartAsync();
        var enterprise = await first.AnEnterpriseAsync();
        var person = await first.APersonAsync("Shen Anlan", "990000198506151232");
        await first.AnEmploymentAsync(person, enterprise);

        await using var second = await RegistryHost.StartAsync(await first.StopAsync());

        Assert.NotNull(second.Get<IEnterprises>().Find(new EnterpriseId(enterprise)));
        Assert.Equal("S********n", second.Get<IPeople>().Find(new PersonId(person))?.MaskedName);
        Assert.Equal(new PersonId(person), await second.Get<IPeople>().FindByIdentityNumberAsync("990000198506151232", CancellationToken.None));
        Assert.NotNull(second.Get<IEmployment>().FindBinding(new PersonId(person), new EnterpriseId(enterprise), second.Today));
    }
}
