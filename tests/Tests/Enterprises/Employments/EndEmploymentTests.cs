using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;

namespace Anlan.Tests.Enterprises.Employments;

public sealed class EndEmploymentTests
{
    [Fact]
    public async Task An_ended_binding_is_out_of_force_at_the_commit_and_others_are_told()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        var id = await host.AnEmploymentAsync(person, works, from: host.Today.AddDays(-100));

        (await host.Bureau.PostAsJsonAsync($"employments/{id}/end", new { reason = "left" })).EnsureSuccessStatusCode();

        var employment = host.Get<IEmployment>();
        Assert.Null(employment.FindBinding(new PersonId(person), new EnterpriseId(works), host.Today));
        Assert.NotNull(employment.FindBinding(new PersonId(person), new EnterpriseId(works), host.Today.AddDays(-1)));
        Assert.Equal([new PersonUnbound(new PersonId(person), new EnterpriseId(works), "left")], await host.EventsAsync<PersonUnbound>());
    }

    [Fact]
    public async Task A_binding_ended_on_its_first_day_was_never_in_force()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        var id = await host.AnEmploymentAsync(person, works);

        await host.Bureau.PostAsJsonAsync($"employments/{id}/end", new { reason = "mistake" });

        Assert.Empty(host.Get<IEmployment>().BindingsOf(new PersonId(person), host.Today));
        Assert.Empty(host.Get<IEmployment>().BindingsOf(new PersonId(person), host.Today.AddDays(-1)));
        await host.AnEmploymentAsync(person, works);
    }

    [Fact]
    public async Task A_later_end_is_told_only_when_its_day_has_come()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        var id = await host.AnEmploymentAsync(person, works);

        (await host.Bureau.PostAsJsonAsync($"employments/{id}/end", new { on = host.Today.AddDays(3), reason = "contract ends" })).EnsureSuccessStatusCode();

        Assert.Empty(await host.EventsAsync<PersonUnbound>());
        Assert.NotNull(host.Get<IEmployment>().FindBinding(new PersonId(person), new EnterpriseId(works), host.Today.AddDays(2)));
        Assert.Null(host.Get<IEmployment>().FindBinding(new PersonId(person), new EnterpriseId(works), host.Today.AddDays(3)));
    }

    [Fact]
    public async Task What_is_over_is_not_rewritten()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        var id = await host.AnEmploymentAsync(person, works, from: host.Today.AddDays(-10));
        await host.Bureau.PostAsJsonAsync($"employments/{id}/end", new { reason = "left" });

        var again = await host.Bureau.PostAsJsonAsync($"employments/{id}/end", new { on = host.Today.AddDays(-5), reason = "left earlier" });

        Assert.Equal(["EmploymentEnded"], await RegistryHost.RefusalsAsync(again));
    }

    [Theory]
    [InlineData(-11, "on:EndBeforeStart")]
    [InlineData(6, "on:EndsEarlierAlready")]
    public async Task The_end_lies_within_the_binding(int day, string refusal)
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        var id = await host.AnEmploymentAsync(person, works, "temporary", host.Today.AddDays(-10), host.Today.AddDays(5));

        var answer = await host.Bureau.PostAsJsonAsync($"employments/{id}/end", new { on = host.Today.AddDays(day), reason = "left" });

        Assert.Equal([refusal], await RegistryHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_safety_manager_ends_no_binding_of_another_enterprise()
    {
        await using var host = await RegistryHost.StartAsync();
        var (own, other) = (await host.AnEnterpriseAsync("Own"), await host.AnEnterpriseAsync("Other"));
        var person = await host.APersonAsync();
        await host.AnEmploymentAsync(person, own);
        var elsewhere = await host.AnEmploymentAsync(person, other);

        var answer = await host.ManagerOf(own).PostAsJsonAsync($"employments/{elsewhere}/end", new { reason = "mine" });

        Assert.Equal(["EmploymentUnknown"], await RegistryHost.RefusalsAsync(answer));
    }
}
