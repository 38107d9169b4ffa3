using Anlan.Host;
using Anlan.Host.Operations;
using Anlan.Host.Operations.Figures;
using Anlan.Kernel.Events;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Anlan.Tests.Platform.Host.Operations.Figures;

/// <summary>Figures that stay bad are a task, a line in the audit trail, and over by themselves.</summary>
public sealed class FiguresJobTests
{
    [Fact]
    public async Task An_event_that_nobody_takes_becomes_an_alarm_and_a_task_and_both_go_with_it()
    {
        await using var host = await StartAsync();
        await PublishAsync(host);
        await MeasureAsync(host);
        Assert.Equal((0d, null), (Lag(host).Value, Lag(host).Alarm.RaisedAt));

        host.Clock.Advance(TimeSpan.FromSeconds(301));
        await MeasureAsync(host);
        Assert.Equal(301, Lag(host).Value);
        Assert.Empty(await AlarmsAsync(host));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await MeasureAsync(host);
        var raised = Assert.Single(await AlarmsAsync(host));
        Assert.Equal("operations.alarm.raised", raised.Action);
        Assert.Contains("/operations", (await TasksAsync(host)).Select(task => task.Href));

        await host.ReadAsync(db => db.Set<OutboxMessage>().ExecuteDeleteAsync());
        await MeasureAsync(host);
        Assert.NotNull(Lag(host).Alarm.RaisedAt);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await MeasureAsync(host);

        Assert.Equal(["operations.alarm.raised", "operations.alarm.cleared"], (await AlarmsAsync(host)).Select(entry => entry.Action));
        Assert.Empty(await TasksAsync(host));
    }

    [Fact]
    public async Task An_alarm_that_cannot_be_put_on_record_is_put_on_record_later()
    {
        var folder = "";
        await using var host = await StartAsync(data => folder = data);
        await PublishAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await MeasureAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        TestStore.RunPast(folder, "main.db", "alter table platform_audit rename to platform_audit_away");
        await Assert.ThrowsAnyAsync<Exception>(() => MeasureAsync(host));
        Assert.NotNull(Lag(host).Alarm.RaisedAt);

        TestStore.RunPast(folder, "main.db", "alter table platform_audit_away rename to platform_audit");
        await MeasureAsync(host);

        Assert.Single(await AlarmsAsync(host));
    }

    [Fact]
    public async Task Of_alarms_that_cannot_be_put_on_record_for_long_the_newest_hundred_are_kept()
    {
        var folder = "";
        await using var host = await StartAsync(data => folder = data, new("Anlan:Operations:RaiseAfter", "00:00:00"), new("Anlan:Operations:ClearAfter", "00:00:00"));
        await MeasureAsync(host);
        var before = await CountAsync();
        TestStore.RunPast(folder, "main.db", "alter table platform_audit rename to platform_audit_away");
        for (var outage = 0; outage < 30; outage++)
        {
            foreach (var (from, to) in ((string, string)[])[("platform_outbox", "platform_outbox_away"), ("platform_outbox_away", "platform_outbox")])
            {
                TestStore.RunPast(folder, "main.db", $"alter table {from} rename to {to}");
                await Assert.ThrowsAnyAsync<Exception>(() => MeasureAsync(host));
            }
        }

        TestStore.RunPast(folder, "main.db", "alter table platform_audit_away rename to platform_audit");
        await MeasureAsync(host);

        Assert.Equal(before + 100, await CountAsync());

        async Task<int> CountAsync() => (await host.AuditAsync()).Count(entry => entry.Subject.StartsWith("figure/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_measured_has_no_value_and_becomes_an_alarm()
    {
        var folder = "";
        await using var host = await StartAsync(data => folder = data);
        TestStore.RunPast(folder, "main.db", "alter table platform_outbox rename to platform_outbox_away");
        await MeasureAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await MeasureAsync(host);

        Assert.Null(Lag(host).Value);
        Assert.Contains("\"value\":null", Assert.Single(await AlarmsAsync(host)).Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Interval", "00:00:00")]
    [InlineData("OutboxLag", "2.00:00:00")]
    [InlineData("UnacknowledgedGrants", "0")]
    public async Task A_setting_beyond_its_range_keeps_the_doors_closed_and_is_named(string setting, string value)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(null, new KeyValuePair<string, string?>("Anlan:Operations:" + setting, value)));

        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    private static FigureBoard.Standing Lag(ModuleHost host) => host.Services.GetRequiredService<FigureBoard>().Standings.Single(standing => standing.Figure.Key == "outbox.lag");

    private static Task MeasureAsync(ModuleHost host) => host.Services.GetRequiredService<FiguresJob>().RunOnceAsync(TestContext.Current.CancellationToken);

    private static async Task<List<AuditRecord>> AlarmsAsync(ModuleHost host) => [.. (await host.AuditAsync()).Where(entry => entry.Subject == "figure/outbox.lag")];

    private static async Task<List<DeskTask>> TasksAsync(ModuleHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var word = scope.ServiceProvider.GetRequiredService<IStringLocalizer<Words>>()["Figure.outbox.lag"].Value;
        return [.. (await scope.ServiceProvider.GetRequiredService<FigureAlarmTasks>().OfReaderAsync(TestContext.Current.CancellationToken)).Where(task => task.What.Contains(word, StringComparison.Ordinal))];
    }

    private static Task PublishAsync(ModuleHost host) => host.ReadAsync(async db =>
    {
        db.Publish(new Waited("bell"));
        await db.SaveAsync();
        return true;
    });

    private static Task<ModuleHost> StartAsync(Action<string>? tell = null, params KeyValuePair<string, string?>[] settings)
    {
        var module = new OperationsModule();
        return ModuleHost.StartAsync(module, (services, folder) =>
        {
            tell?.Invoke(folder);
            services.AddLocalization().AddSingleton<LiveFeed>().AddSingleton(Books.Whole).AddSingleton(provider => new CityCalendar(TimeZoneInfo.Utc, provider.GetRequiredService<TimeProvider>()));
            module.AddServices(services, new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
            services.TryAddSingleton<CommitGate>();
        }, module.MapRoutes);
    }

    private sealed record Waited(string Subject) : IDomainEvent;
}
