using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;

namespace Anlan.Tests.Enterprises.People;

public sealed class EnrolPersonTests
{
    [Fact]
    public async Task A_new_person_is_entered_and_bound_in_one_save()
    {
        await using var host = await RegistryHost.StartAsync();
        var own = await host.AnEnterpriseAsync();

        var answer = await RegistryHost.JsonAsync(await host.ManagerOf(own).PostAsJsonAsync($"enterprises/{own}/people", new { name = "Shen Anlan", identityNumber = Numbers.IdentityNumber(), kind = "permanent" }));

        Assert.False(answer.GetProperty("wasKnown").GetBoolean());
        Assert.NotNull(host.Get<IEmployment>().FindBinding(new PersonId(answer.GetProperty("person").GetGuid()), new EnterpriseId(own), host.Today));
    }

    [Fact]
    public async Task A_mobile_welder_who_is_known_elsewhere_is_bound_as_they_are()
    {
        await using var host = await RegistryHost.StartAsync();
        var (first, second) = (await host.AnEnterpriseAsync("First"), await host.AnEnterpriseAsync("Second"));
        var person = await host.APersonAsync("Shen Anlan", "990000198506151232");
        await host.AnEmploymentAsync(person, first);

        var answer = await RegistryHost.JsonAsync(await host.ManagerOf(second).PostAsJsonAsync(
            $"enterprises/{second}/people", new { name = "Shen Anlan", identityNumber = "990000198506151232", kind = "temporary", to = host.Today.AddDays(5) }));

        Assert.True(answer.GetProperty("wasKnown").GetBoolean());
        Assert.Equal(person, answer.GetProperty("person").GetGuid());
        Assert.Equal(2, host.Get<IEmployment>().BindingsOf(new PersonId(person), host.Today).Count);
    }

    [Fact]
    public async Task A_number_alone_does_not_give_somebody_elses_person_away()
    {
        await using var host = await RegistryHost.StartAsync();
        var (first, second) = (await host.AnEnterpriseAsync("First"), await host.AnEnterpriseAsync("Second"));
        await host.AnEmploymentAsync(await host.APersonAsync("Shen Anlan", "990000198506151232"), first);

        var answer = await host.ManagerOf(second).PostAsJsonAsync($"enterprises/{second}/people", new { name = "Somebody Else", identityNumber = "990000198506151232", kind = "permanent" });

        Assert.Equal(["identityNumber:IdentityNumberOfAnother"], await RegistryHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task Field_errors_of_person_and_binding_come_together_and_nothing_is_saved()
    {
        await using var host = await RegistryHost.StartAsync();
        var own = await host.AnEnterpriseAsync();

        var answer = await host.ManagerOf(own).PostAsJsonAsync($"enterprises/{own}/people", new { name = "", identityNumber = "1", kind = "temporary" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["name:PersonNameFormat", "identityNumber:IdentityNumberFormat", "to:TemporaryNeedsEnd"], await RegistryHost.RefusalsAsync(answer));
        Assert.Equal(0, (await RegistryHost.JsonAsync(await host.Bureau.GetAsync("people"))).GetProperty("total").GetInt32());
    }
}
