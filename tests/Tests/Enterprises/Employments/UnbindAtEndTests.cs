using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Toolkit.Outbox;

namespace Anlan.Tests.Enterprises.Employments;

public sealed class UnbindAtEndTests
{
    [Fact]
    public async Task The_end_of_a_temporary_binding_is_told_once_when_its_last_day_has_passed()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person, last) = (await host.AnEnterpriseAsync(), await host.APersonAsync(), host.Today.AddDays(2));
        await host.AnEmploymentAsync(person, works, "temporary", to: last);
        var job = host.Get<UnbindAtEnd>();

        var onLastDay = await job.RunAsync(last, CancellationToken.None);
        var after = await job.RunAsync(last.AddDays(1), CancellationToken.None);
        var again = await job.RunAsync(last.AddDays(2), CancellationToken.None);

        Assert.Equal((0, 1, 0), (onLastDay, after, again));
        Assert.Equal([new PersonUnbound(new PersonId(person), new EnterpriseId(works), UnbindAtEnd.EndReached)], await host.EventsAsync<PersonUnbound>());
    }

    [Fact]
    public async Task Ends_that_passed_while_the_server_was_off_are_told_after_the_start()
    {
        var first = await RegistryHost.StartAsync();
        var (works, person) = (await first.AnEnterpriseAsync(), await first.APersonAsync());
        await first.AnEmploymentAsync(person, works, "temporary", to: first.Today.AddDays(2));
        var (later, folder) = (first.Clock.GetUtcNow().AddDays(10), await first.StopAsync());

        var second = await RegistryHost.StartAsync(folder, at: later);
        var told = await second.Get<UnbindAtEnd>().RunAsync(second.Today, CancellationToken.None);
        folder = await second.StopAsync();
        await using var third = await RegistryHost.StartAsync(folder, at: later);

        Assert.Equal(1, told);
        Assert.Equal(0, await third.Get<UnbindAtEnd>().RunAsync(third.Today, CancellationToken.None));
        Assert.Single(await third.EventsAsync<PersonUnbound>());
    }

    [Fact]
    public async Task Who_is_bound_again_from_the_next_day_is_not_told_of()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        await host.AnEmploymentAsync(person, works, "temporary", to: host.Today.AddDays(2));
        await host.AnEmploymentAsync(person, works, "temporary", host.Today.AddDays(3), host.Today.AddDays(9));

        await host.Get<UnbindAtEnd>().RunAsync(host.Today.AddDays(3), CancellationToken.None);

        Assert.Empty(await host.EventsAsync<PersonUnbound>());
    }

    [Fact]
    public async Task What_a_person_ended_is_not_told_a_second_time()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        var id = await host.AnEmploymentAsync(person, works);
        await host.Bureau.PostAsJsonAsync($"employments/{id}/end", new { reason = "left" });

        Assert.Equal(0, await host.Get<UnbindAtEnd>().RunAsync(host.Today.AddDays(5), CancellationToken.None));
        Assert.Single(await host.EventsAsync<PersonUnbound>());
    }

    [Fact]
    public async Task Midnight_of_the_city_wakes_the_job()
    {
        await using var host = await RegistryHost.StartAsync();
        var (works, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        await host.AnEmploymentAsync(person, works, "temporary", to: host.Today);
        var job = host.Get<UnbindAtEnd>();
        // 23:59:30 in the city.
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 1, 5, 15, 59, 30, TimeSpan.Zero));
        await job.StartAsync(CancellationToken.None);

        await UntilAsync(host, TimeSpan.FromSeconds(31));

        await job.StopAsync(CancellationToken.None);
        Assert.Single(await host.EventsAsync<PersonUnbound>());
    }

    /// <summary>Moves the clock on until the event is there; the job may not have begun to wait when the clock moves for the first time.</summary>
    private static async Task UntilAsync(RegistryHost host, TimeSpan step)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await host.EventsAsync<PersonUnbound>()).Count == 0)
        {
            host.Clock.Advance(step);
            await Task.Delay(10, deadline.Token);
        }
    }
}
