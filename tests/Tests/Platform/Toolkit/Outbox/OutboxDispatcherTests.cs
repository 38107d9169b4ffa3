using System.Net;
using System.Net.Http.Json;
using Anlan.Contracts.Accounts;
using Anlan.Host.Operations;
using Anlan.Kernel.Events;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Platform.Toolkit.Outbox;

/// <summary>Events reach every subscriber in order; one that keeps failing is put aside, visible, and can be sent again.</summary>
public sealed class OutboxDispatcherTests
{
    private readonly Ear _good = new();
    private readonly Ear _bad = new();

    [Fact]
    public async Task An_event_that_fails_holds_back_its_own_subject_only_and_is_tried_again_after_a_pause()
    {
        await using var host = await StartAsync();
        _bad.Deafness.Add("ill");
        await PublishAsync(host, "ill", 1);
        await PublishAsync(host, "well", 1);
        await PublishAsync(host, "ill", 2);

        await DeliverAsync(host);
        Assert.Equal(["ill 1", "well 1"], _good.Heard);
        Assert.Equal(["well 1"], _bad.Heard);
        _bad.Deafness.Clear();
        await DeliverAsync(host);
        Assert.Equal(["well 1"], _bad.Heard);

        host.Clock.Advance(TimeSpan.FromSeconds(2));
        await DeliverAsync(host);

        Assert.Equal(["ill 1", "well 1", "ill 2"], _good.Heard);
        Assert.Equal(["well 1", "ill 1", "ill 2"], _bad.Heard);
        Assert.Empty(await host.OutboxAsync());
        Assert.Equal(0, await host.ReadAsync(db => db.Set<OutboxTaking>().CountAsync()));
    }

    [Fact]
    public async Task However_many_wait_for_their_next_attempt_others_are_delivered()
    {
        await using var host = await StartAsync();
        _bad.Deafness.UnionWith(Enumerable.Range(0, 600).Select(i => $"ill{i}"));
        for (var i = 0; i < 600; i++) await PublishAsync(host, $"ill{i}", 1);
        await PublishAsync(host, "well", 1);

        await DeliverAsync(host);

        Assert.Equal(["well 1"], _bad.Heard);
    }

    [Fact]
    public async Task After_nine_attempts_an_event_is_put_aside_its_subject_goes_on_and_it_can_be_sent_again()
    {
        await using var host = await StartAsync();
        _bad.Deafness.Add("ill");
        await PublishAsync(host, "ill", 1);
        for (var attempt = 0; attempt < OutboxDispatcher.MostAttempts; attempt++)
        {
            await DeliverAsync(host);
            host.Clock.Advance(TimeSpan.FromMinutes(6));
        }

        _bad.Deafness.Clear();
        await PublishAsync(host, "ill", 2);
        await DeliverAsync(host);
        Assert.Equal(["ill 2"], _bad.Heard);

        using var desk = host.As(RoleNames.SystemAdministrator);
        var row = (await ModuleHost.JsonAsync(await desk.GetAsync("events?state=dead"))).GetProperty("items")[0];
        Assert.Equal(("dead", "Spoken", "ill", 9), (row.GetProperty("state").GetString(), row.GetProperty("type").GetString(), row.GetProperty("subject").GetString(), row.GetProperty("attempts").GetInt32()));
        Assert.Equal(("IOException: Cannot hear ill.", 1), (row.GetProperty("lastError").GetString(), row.GetProperty("takenBy").GetArrayLength()));
        (await desk.PostAsync($"events/{row.GetProperty("seq")}/resend", null)).EnsureSuccessStatusCode();
        await DeliverAsync(host);

        Assert.Equal(["ill 2", "ill 1"], _bad.Heard);
        Assert.Equal(["ill 1", "ill 2"], _good.Heard);
        Assert.Equal(0, (await ModuleHost.JsonAsync(await desk.GetAsync("events"))).GetProperty("total").GetInt32());
        Assert.Contains(await host.AuditAsync(), entry => entry.Action == "operations.event.resent");
        Assert.Equal(HttpStatusCode.NotFound, (await desk.PostAsync($"events/{row.GetProperty("seq")}/resend", null)).StatusCode);
    }

    [Fact]
    public async Task Only_the_system_administrator_sees_and_sends_events()
    {
        await using var host = await StartAsync();
        foreach (var role in (string[])[RoleNames.SecurityAdministrator, RoleNames.AuditAdministrator, RoleNames.CityBureau, RoleNames.SafetyManager, RoleNames.Welder])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await host.As(role).GetAsync("events")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await host.As(role).PostAsync("events/resend", null)).StatusCode);
        }
    }

    private async Task<ModuleHost> StartAsync()
    {
        var module = new OperationsModule();
        return await ModuleHost.StartAsync(module, (services, _) =>
        {
            module.AddServices(services, new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
            services.AddSingleton(Listen(_good, "good")).AddSingleton(Listen(_bad, "bad")).AddSingleton<OutboxDelivery>().AddSingleton<OutboxDispatcher>();
            services.TryAddSingleton<CommitGate>();
        }, module.MapRoutes);
    }

    private static Subscription Listen(Ear ear, string name) => new(typeof(Spoken).FullName!, name, (_, payload, _, _) =>
    {
        ear.Hear(System.Text.Json.JsonSerializer.Deserialize<Spoken>(payload, System.Text.Json.JsonSerializerOptions.Web)!);
        return Task.CompletedTask;
    });

    private static Task DeliverAsync(ModuleHost host) => host.Services.GetRequiredService<OutboxDispatcher>().DeliverAllAsync(TestContext.Current.CancellationToken);

    private static Task<int> PublishAsync(ModuleHost host, string about, int number) => host.ReadAsync(async db =>
    {
        db.Publish(new Spoken(about, number));
        await db.SaveAsync();
        return number;
    });

    private sealed class Ear
    {
        public HashSet<string> Deafness { get; } = [];

        public List<string> Heard { get; } = [];

        public void Hear(Spoken word)
        {
            if (Deafness.Contains(word.About)) throw new IOException($"Cannot hear {word.About}.");
            Heard.Add($"{word.About} {word.Number}");
        }
    }
}

/// <summary>An event of the tests.</summary>
internal sealed record Spoken(string About, int Number) : IDomainEvent
{
    public string Subject => About;
}
