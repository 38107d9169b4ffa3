using Anlan.Alarms.Board;
using Anlan.Alarms.Delivery;
using Anlan.Alarms.Escalation;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Scopes;
using Anlan.Host;
using Anlan.Tests.Platform.Toolkit.Messages;
using Anlan.Tests.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Outbox;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Alarms.Delivery;

/// <summary>Who is told of an alarm, by which way, and that nobody is forgotten or told twice.</summary>
public sealed class PushAlarmTests
{
    private static readonly Guid Safety = Guid.CreateVersion7();
    private static readonly Guid Station = Guid.CreateVersion7();
    private static readonly Guid County = Guid.CreateVersion7();

    [Fact]
    public async Task Both_sides_are_told_at_once_by_the_ways_that_each_has_chosen_and_the_county_when_nobody_takes_it_over()
    {
        await using var host = await StartAsync();
        await PreferAsync(host, Station, new OwnPreference.Preference("138 1234 5678", "station@example.cn", AlarmSeverity.Warning, AlarmSeverity.Severe, null, null));
        await PreferAsync(host, County, new OwnPreference.Preference("13912345678", null, AlarmSeverity.Severe, null, null, null));
        var machine = await host.AMachineAsync();
        await GasAsync(host, machine);

        Assert.Equal([(0, Safety, AlarmChannel.Desk), (0, Station, AlarmChannel.Desk), (0, Station, AlarmChannel.Text), (0, Station, AlarmChannel.Mail)], (await ReceiptsAsync(host)).Select(receipt => (receipt.Level, receipt.Account, receipt.Channel)));
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        await host.Get<EscalationClockwork>().RunOnceAsync(CancellationToken.None);
        await ToldAsync(host);
        host.Clock.Advance(TimeSpan.FromSeconds(121));
        await host.Get<EscalationClockwork>().RunOnceAsync(CancellationToken.None);
        await ToldAsync(host);

        var later = (await ReceiptsAsync(host)).Where(receipt => receipt.Level > 0).ToList();
        Assert.Equal([(1, Station, AlarmChannel.Desk), (1, Station, AlarmChannel.Text), (1, Station, AlarmChannel.Mail), (2, County, AlarmChannel.Desk), (2, County, AlarmChannel.Text)], later.Select(receipt => (receipt.Level, receipt.Account, receipt.Channel)));
        var messages = await ReadAsync(host, db => db.Set<OutgoingMessage>().AsNoTracking().OrderBy(message => message.Id).ToListAsync());
        Assert.Equal((await ReceiptsAsync(host)).Select(receipt => receipt.Message).OfType<Guid>().Order(), messages.Select(message => message.Id).Order());
        var text = await host.AskAsync((MessageBox box) => Task.FromResult(box.Open(messages[0]).Text));
        Assert.Contains(machine.Code, text, StringComparison.Ordinal);
        Assert.Equal([(0, 1, 1), (1, 0, 1), (2, 0, 1)], host.ReadLog().Select(record => record.Body).OfType<PushBody>().Select(push => (push.Level, push.ToEnterprise, push.ToOthers)));
    }

    [Fact]
    public async Task Killed_between_telling_and_pushing_everybody_is_told_afterwards_and_once()
    {
        var host = await StartAsync();
        await PreferAsync(host, Safety, new OwnPreference.Preference("13812345678", null, AlarmSeverity.Notice, null, null, null));
        var machine = await host.AMachineAsync();
        await host.Log.AppendAsync(ChipLog.Event.Once(new EventBody(machine.Serial, machine.Id.Value, 1, 1, 1, null, ChipEventKind.Gas, null), host.Clock.GetUtcNow()));
        var (clock, facts) = (host.Clock, host.Facts);
        var folder = await host.StopAsync();

        for (var start = 0; start < 2; start++)
        {
            await using var again = await StartAsync(folder, clock, facts);
            await ToldAsync(again);
            Assert.Equal([(Safety, AlarmChannel.Desk), (Safety, AlarmChannel.Text), (Station, AlarmChannel.Desk)], (await ReceiptsAsync(again)).Select(receipt => (receipt.Account, receipt.Channel)));
            Assert.Single(await ReadAsync(again, db => db.Set<OutgoingMessage>().AsNoTracking().ToListAsync()));
            Assert.Single(again.ReadLog(), record => record.Body is PushBody);
        }

        TestStore.Remove(folder);
    }

    [Fact]
    public async Task A_gateway_that_is_away_for_a_day_gets_the_message_afterwards_and_once()
    {
        var port = FreePort.Find();
        string[] settings = [.. MessagesHost.TextTo($"http://127.0.0.1:{port}").Select(setting => $"--{setting.Key}={setting.Value}")];
        await using var host = await StartAsync(settings: settings);
        await PreferAsync(host, Safety, new OwnPreference.Preference("13812345678", null, AlarmSeverity.Notice, null, null, null));
        await GasAsync(host, await host.AMachineAsync());
        await UntilAsync(host, message => message.Attempts > 0);
        Assert.Equal(MessageState.Waiting, (await MessageAsync(host)).State);

        host.Clock.Advance(TimeSpan.FromHours(24));
        await using var gateway = await PretendGateway.StartAsync(port);
        await UntilAsync(host, message => message.State == MessageState.Sent);
        // Another turn of the sender has nothing left to send.
        await host.Get<MessageSender>().SendDueAsync(TestContext.Current.CancellationToken);
        var id = (await MessageAsync(host)).Id.ToString();
        Assert.Single(gateway.Requests, got => got.Headers["X-Once"] == id);
    }

    [Fact]
    public async Task Told_to_nobody_it_is_an_alarm_of_its_own_and_no_more_than_one()
    {
        await using var host = await WeldingHost.StartAsync(adjust: services => services.AddSingleton<IStaff>(new KnownStaff([])));
        await GasAsync(host, await host.AMachineAsync());
        await GasAsync(host, await host.AMachineAsync());

        var alarms = await ReadAsync(host, db => db.Set<Alarm>().AsNoTracking().OrderBy(alarm => alarm.Number).ToListAsync());
        var nobody = Assert.Single(alarms, alarm => alarm.Kind == "alarms.nobody");
        Assert.Equal(("level/990521001/0", "Nobody.0"), (nobody.Subject, nobody.Measured));
        Assert.Equal(3, alarms.Count);
        // The entry that says so is a step of the one alarm and raises the other.
        var steps = await ReadAsync(host, db => db.Set<AlarmStep>().AsNoTracking().OrderBy(step => step.Seq).ToListAsync());
        Assert.All(alarms, alarm => Assert.Contains(steps, step => step.Alarm == alarm.Number && step.Act == AlarmAct.Raise));
        Assert.All(alarms, alarm => Assert.Contains(steps, step => step.Alarm == alarm.Number && step.Act == AlarmAct.Push));
    }

    [Fact]
    public async Task A_preference_that_cannot_be_is_refused_by_field_and_nothing_is_kept()
    {
        await using var host = await StartAsync();
        var refused = await PreferAsync(host, Safety, new OwnPreference.Preference("12345", "nobody", AlarmSeverity.Severe, null, new TimeOnly(22, 0), null));
        Assert.Equal(["mobile", "mail", "quietFrom"], refused.Refusals.Select(refusal => refusal.Field));
        Assert.Equal(["mobile"], (await PreferAsync(host, Safety, new OwnPreference.Preference(null, null, AlarmSeverity.Severe, null, null, null))).Refusals.Select(refusal => refusal.Field));
        Assert.Empty(await ReadAsync(host, db => db.Set<AlarmPreference>().AsNoTracking().ToListAsync()));
    }

    private static Task<OutgoingMessage> MessageAsync(WeldingHost host) => ReadAsync(host, db => db.Set<OutgoingMessage>().AsNoTracking().OrderBy(message => message.Id).FirstAsync());

    private static Task UntilAsync(WeldingHost host, Func<OutgoingMessage, bool> isSo) => WeldingHost.UntilAsync(async () => isSo(await MessageAsync(host)));

    private static Task<WeldingHost> StartAsync(string? folder = null, ShiftedClock? clock = null, FactsBook? facts = null, params string[] settings) =>
        WeldingHost.StartAsync(folder: folder, clock: clock, facts: facts, settings: settings, adjust: services => services.AddSingleton<IStaff>(new KnownStaff([new StaffMember(Safety, 0, new Office(null, Guid.CreateVersion7())), new StaffMember(Station, 1, new Office(Guid.CreateVersion7(), null)), new StaffMember(County, 2, new Office(Guid.CreateVersion7(), null))])));

    private static async Task<Anlan.Kernel.Outcomes.Outcome> PreferAsync(WeldingHost host, Guid account, OwnPreference.Preference preference)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor(account, "somebody", "safety-manager", null, null);
        return await scope.ServiceProvider.GetRequiredService<OwnPreference>().SaveAsync(preference, CancellationToken.None);
    }

    private static async Task GasAsync(WeldingHost host, AMachine machine)
    {
        await host.Log.AppendAsync(ChipLog.Event.Once(new EventBody(machine.Serial, machine.Id.Value, 1, 1, 1, null, ChipEventKind.Gas, null), host.Clock.GetUtcNow()));
        await ToldAsync(host);
    }

    // Projected, pushed, and what the push wrote is projected, too.
    private static async Task ToldAsync(WeldingHost host)
    {
        for (var round = 0; round < 2; round++)
        {
            await host.ProjectedAsync();
            await WeldingHost.UntilAsync(async () => !await ReadAsync(host, db => db.Set<OutboxMessage>().AnyAsync(message => message.Type == typeof(AlarmToTell).FullName)));
        }

        await host.ProjectedAsync();
    }

    private static Task<List<AlarmReceipt>> ReceiptsAsync(WeldingHost host) => ReadAsync(host, async db => (await db.Set<AlarmReceipt>().AsNoTracking().ToListAsync()).OrderBy(receipt => receipt.Level).ThenBy(receipt => Array.IndexOf([Safety, Station, County], receipt.Account)).ThenBy(receipt => receipt.Channel).ToList());

    private static async Task<T> ReadAsync<T>(WeldingHost host, Func<AnlanDb, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AnlanDb>());
    }
}
