using System.Text.Json;
using Anlan.Alarms.Delivery;
using Anlan.Alarms.Rosters;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Host;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Tests.Platform.Toolkit.Messages;
using Anlan.Tests.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Outbox;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Alarms.Delivery;

/// <summary>Nobody is flooded and nobody left out: those on duty first, then all; what is too much, or comes at night, follows as one message.</summary>
public sealed class DigestTests
{
    private static readonly Guid Safety = Guid.CreateVersion7();
    private static readonly Guid Night = Guid.CreateVersion7();
    private static readonly Guid Station = Guid.CreateVersion7();
    private static readonly Office Works = new(null, Guid.CreateVersion7());
    private static readonly Office Town = new(Guid.CreateVersion7(), null);

    [Fact]
    public async Task What_is_above_the_measure_follows_as_one_message_and_the_severe_have_a_measure_of_their_own()
    {
        await using var gateway = await PretendGateway.StartAsync();
        await using var host = await StartAsync([.. MessagesHost.TextTo(gateway.Address).Select(setting => $"--{setting.Key}={setting.Value}")]);
        await PreferAsync(host, new OwnPreference.Preference("13812345678", null, AlarmSeverity.Notice, null, null, null));
        // Clauses 82 and 81: six messages within ten minutes, ten of the severe within one.
        for (var i = 0; i < 9; i++) await TellAsync(host, "welding.moved", i);
        for (var i = 0; i < 12; i++) await TellAsync(host, "welding.gas", i);

        Assert.Equal((6 + 10, 3 + 2), Count(await ReceiptsAsync(host, AlarmChannel.Text)));
        Assert.Equal(0, await DigestAsync(host));
        await SentAsync(host);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        // While something waits, what comes now joins it.
        await TellAsync(host, "welding.gas", 13);
        Assert.Equal(1, await DigestAsync(host));
        Assert.Contains("另有 3 条告警汇总（紧急 3 条", await LastTextAsync(host), StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await DigestAsync(host));
        Assert.Contains("另有 3 条告警汇总（紧急 0 条", await LastTextAsync(host), StringComparison.Ordinal);

        Assert.Equal(0, await DigestAsync(host));
        var receipts = await ReceiptsAsync(host, AlarmChannel.Text);
        Assert.Equal(22, receipts.Select(receipt => receipt.Alarm).Distinct().Count());
        Assert.Equal((6 + 10 + 1 + 1, 0), Count(receipts));
    }

    [Fact]
    public async Task In_quiet_hours_only_the_severe_are_told_and_the_rest_when_they_end()
    {
        await using var host = await StartAsync();
        var hour = TimeOnly.FromDateTime(host.Get<CityCalendar>().Local(host.Clock.GetUtcNow()).DateTime);
        await PreferAsync(host, new OwnPreference.Preference("13812345678", null, AlarmSeverity.Notice, null, hour.AddMinutes(-5), hour.AddMinutes(30)));
        await TellAsync(host, "welding.moved", 1);
        await TellAsync(host, "welding.gas", 1);

        Assert.Equal((1, 1), Count(await ReceiptsAsync(host, AlarmChannel.Text)));
        Assert.Equal(0, await DigestAsync(host));
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(1, await DigestAsync(host));
        Assert.Equal((2, 0), Count(await ReceiptsAsync(host, AlarmChannel.Text)));
    }

    [Fact]
    public async Task Who_does_not_want_to_be_told_any_more_gets_no_digest()
    {
        await using var host = await StartAsync();
        await PreferAsync(host, new OwnPreference.Preference("13812345678", null, AlarmSeverity.Notice, null, null, null));
        for (var i = 0; i < 8; i++) await TellAsync(host, "welding.moved", i);
        await PreferAsync(host, new OwnPreference.Preference("13812345678", null, null, null, null, null));
        host.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(0, await DigestAsync(host));
        Assert.Equal((6, 0), Count(await ReceiptsAsync(host, AlarmChannel.Text)));
    }

    [Fact]
    public async Task A_group_gets_as_many_messages_as_its_robot_takes_and_one_digest()
    {
        await using var robot = await PretendGateway.StartAsync();
        robot.Answer = http => http.Response.WriteAsync("""{"errcode":0,"errmsg":"ok"}""");
        await using var host = await StartAsync($"--Anlan:Messages:Robot:Host={new Uri(robot.Address).Authority}", "--Anlan:Messages:Robot:AllowOwnNetwork=true");
        var entered = await AsAsync(host, (EnterRobot slice) => slice.RunAsync(new EnterRobot.Request("双林染整安全群", $"{robot.Address}/robot/send?access_token=t", "SECt", AlarmSeverity.Warning), CancellationToken.None));
        Assert.Empty(entered.Refusals);
        for (var i = 0; i < 20; i++) await TellAsync(host, i % 2 == 0 ? "welding.gas" : "welding.moved", i);
        // Clause 83: 18 within a minute, whatever their severity.
        Assert.Equal((18, 2), Count(await ReceiptsAsync(host, AlarmChannel.Robot)));
        await SentAsync(host);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(1, await DigestAsync(host));
        await SentAsync(host);

        Assert.Equal(19, robot.Requests.Count);
        Assert.Contains("另有 2 条告警汇总（紧急 1 条", JsonDocument.Parse(robot.Requests.Last().Body).RootElement.GetProperty("text").GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.All(robot.Requests, got => Assert.Contains("sign=", got.Path, StringComparison.Ordinal));
        Assert.DoesNotContain("SECt", System.Text.Encoding.Latin1.GetString(await ReadAsync(host, db => db.Set<AlarmRobot>().AsNoTracking().Select(kept => kept.Address).SingleAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_away_gets_a_few_messages_and_a_digest_instead_of_a_flood()
    {
        await using var host = await StartAsync();
        await PreferAsync(host, new OwnPreference.Preference("13812345678", null, AlarmSeverity.Notice, null, null, null));
        for (var i = 0; i < 6; i++) await TellAsync(host, "welding.moved", i);
        // The window is over, but nothing has left: no gateway is there.
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        for (var i = 6; i < 11; i++) await TellAsync(host, "welding.moved", i);

        Assert.Equal((6, 5), Count(await ReceiptsAsync(host, AlarmChannel.Text)));
        Assert.Equal(0, await DigestAsync(host));
    }

    [Fact]
    public async Task Those_on_duty_are_told_first_and_the_others_when_they_do_not_take_it_over()
    {
        await using var host = await StartAsync();
        var now = host.Get<CityCalendar>().Local(host.Clock.GetUtcNow());
        var hour = TimeOnly.FromDateTime(now.DateTime);
        await PlanAsync(host, Works, Night, hour.AddHours(-1), hour.AddHours(6), DateOnly.FromDateTime(now.DateTime).AddDays(-1));
        await PlanAsync(host, Town, Guid.CreateVersion7(), hour.AddHours(-1), hour.AddHours(6), DateOnly.FromDateTime(now.DateTime).AddDays(-1));

        var number = await TellAsync(host, "welding.gas", 1);
        // The one on duty of the works; of the station, whose planned colleague may not handle alarms any more, everybody.
        Assert.Equal([Night, Station], await ToldAsync(host, number, 0));
        // Nobody planned at another hour: all.
        host.Clock.Advance(TimeSpan.FromHours(7));
        Assert.Equal([Safety, Night, Station], await ToldAsync(host, await TellAsync(host, "welding.gas", 2), 0));
    }

    [Fact]
    public async Task A_colleague_of_whoever_was_on_duty_is_told_when_the_office_is_told_again()
    {
        var second = Guid.CreateVersion7();
        await using var host = await StartAsync([new StaffMember(Safety, 0, Works), new StaffMember(Station, 1, Town), new StaffMember(second, 1, Town)]);
        var now = host.Get<CityCalendar>().Local(host.Clock.GetUtcNow());
        var hour = TimeOnly.FromDateTime(now.DateTime);
        await PlanAsync(host, Town, Station, hour.AddHours(-1), hour.AddHours(6), DateOnly.FromDateTime(now.DateTime).AddDays(-1));
        var number = await TellAsync(host, "welding.gas", 1);
        Assert.Equal([Safety, Station], await ToldAsync(host, number, 0));

        host.Clock.Advance(TimeSpan.FromSeconds(61));
        await host.Get<Anlan.Alarms.Escalation.EscalationClockwork>().RunOnceAsync(CancellationToken.None);
        await DoneAsync(host);
        Assert.Equal(new[] { Station, second }.Order(), (await ToldAsync(host, number, 1)).Order());
    }

    private static Task<WeldingHost> StartAsync(params string[] settings) => StartAsync([new StaffMember(Safety, 0, Works), new StaffMember(Night, 0, Works), new StaffMember(Station, 1, Town), .. Enumerable.Range(2, 2).Select(level => new StaffMember(Guid.CreateVersion7(), level, new Office(Guid.CreateVersion7(), null)))], settings);

    private static Task<WeldingHost> StartAsync(IReadOnlyList<StaffMember> staff, params string[] settings) => WeldingHost.StartAsync(adjust: services => services.AddSingleton<IStaff>(new KnownStaff(staff)), settings: settings);

    private static (int Messages, int Held) Count(IReadOnlyList<AlarmReceipt> receipts) => (receipts.Select(receipt => receipt.Message).OfType<Guid>().Distinct().Count(), receipts.Count(receipt => receipt.Message is null));

    private static Task<int> DigestAsync(WeldingHost host) => host.Get<DigestClockwork>().RunOnceAsync(CancellationToken.None);

    private static async Task PreferAsync(WeldingHost host, OwnPreference.Preference preference) => Assert.Empty((await AsAsync(host, (OwnPreference slice) => slice.SaveAsync(preference, CancellationToken.None))).Refusals);

    private static async Task PlanAsync(WeldingHost host, Office office, Guid who, TimeOnly from, TimeOnly to, DateOnly first)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        db.Add(new DutyShift { Id = Guid.CreateVersion7(), Organ = office.Organ is { } organ ? new OrganId(organ) : null, Enterprise = office.Enterprise is { } enterprise ? new EnterpriseId(enterprise) : null, Account = who, From = from, To = to, FirstDay = first });
        await db.SaveAsync();
    }

    // A condition that a watch would have found.
    private static async Task<long> TellAsync(WeldingHost host, string kind, int which)
    {
        var body = new ConditionBody(kind, $"machine/{which}", $"M{which}", false, Works.Enterprise, "990521001", FactValue.Count(which), null, null, null);
        var appended = await host.Log.AppendAsync(ConditionBody.LogKind.Draft(body.Subject, host.Clock.GetUtcNow(), body));
        await DoneAsync(host);
        return appended.Seq;
    }

    private static async Task DoneAsync(WeldingHost host)
    {
        for (var round = 0; round < 2; round++)
        {
            await host.ProjectedAsync();
            await WeldingHost.UntilAsync(async () => !await ReadAsync(host, db => db.Set<OutboxMessage>().AnyAsync(message => message.Type == typeof(AlarmToTell).FullName)));
        }
    }

    private static Task SentAsync(WeldingHost host) => WeldingHost.UntilAsync(async () => !await ReadAsync(host, db => db.Set<OutgoingMessage>().AnyAsync(message => message.State == MessageState.Waiting)));

    private static async Task<IReadOnlyList<AlarmReceipt>> ReceiptsAsync(WeldingHost host, AlarmChannel channel) => await ReadAsync(host, db => db.Set<AlarmReceipt>().AsNoTracking().Where(receipt => receipt.Channel == channel).ToListAsync());

    private static async Task<IReadOnlyList<Guid>> ToldAsync(WeldingHost host, long number, int level) =>
        [.. (await ReceiptsAsync(host, AlarmChannel.Desk)).Where(receipt => receipt.Alarm == number && receipt.Level == level).Select(receipt => receipt.Account).OrderBy(account => Array.IndexOf([Safety, Night, Station], account))];

    private static async Task<string> LastTextAsync(WeldingHost host)
    {
        var last = await ReadAsync(host, db => db.Set<OutgoingMessage>().AsNoTracking().OrderByDescending(message => message.Id).FirstAsync());
        return await host.AskAsync((MessageBox box) => Task.FromResult(box.Open(last).Text));
    }

    private static async Task<TAnswer> AsAsync<TSlice, TAnswer>(WeldingHost host, Func<TSlice, Task<TAnswer>> ask) where TSlice : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor(Safety, "safety", "safety-manager", Works.Enterprise, null);
        return await ask(scope.ServiceProvider.GetRequiredService<TSlice>());
    }

    private static async Task<T> ReadAsync<T>(WeldingHost host, Func<AnlanDb, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AnlanDb>());
    }
}
