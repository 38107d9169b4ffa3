using Anlan.Alarms.Board;
using Anlan.Cameras.Events;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Work;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Files;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Cameras.Work;

/// <summary>What a worker delivers: once, judged with the permits of the moment, an alarm for each person and entry.</summary>
public sealed class TakeEventsTests : IAsyncLifetime
{
    private CamerasWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await CamerasWorld.StartAsync();

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Whoever_goes_into_an_exclusion_zone_is_one_alarm_with_picture_and_rule_until_the_exit_and_a_repeated_delivery_is_none()
    {
        var entered = _world.Entered(zone: 1);
        Assert.Equal([entered.Id], (await _world.DeliverAsync(entered)).Taken);
        Assert.Equal([entered.Id], (await _world.DeliverAsync(entered)).Taken);

        var alarm = Assert.Single(await _world.AlarmsAsync());
        Assert.Equal(("cameras.intrusion", 1, true, "1", "0"), (alarm.Kind, alarm.Times, alarm.IsLasting, alarm.Measured, alarm.Limit));
        Assert.StartsWith("CAM-ENTRY", alarm.Rule, StringComparison.Ordinal);
        Assert.Equal(ReadPicture.AddressOf(entered.Id), alarm.Picture);
        Assert.Equal(2, await _world.ReadAsync(db => db.Set<AttachedFile>().CountAsync(file => file.Record == entered.Id)));

        await _world.DeliverAsync(_world.Then(entered, SightEventKind.Left));
        alarm = Assert.Single(await _world.AlarmsAsync());
        Assert.Equal((false, true), (alarm.IsLasting, alarm.IsOpen));
    }

    [Fact]
    public async Task Two_people_are_two_alarms()
    {
        await _world.DeliverAsync(_world.Entered(zone: 1), _world.Entered(zone: 1, persons: 2));
        Assert.Equal(2, (await _world.AlarmsAsync()).Count(alarm => alarm.Kind == "cameras.intrusion"));
    }

    [Fact]
    public async Task A_permit_covers_as_many_as_it_names_and_nobody_in_an_exclusion_zone()
    {
        _world.Space.Permit = new EntryPermitAnswer(true, new EntryPermit(Guid.CreateVersion7(), "ZY-1", 2, null, DateTimeOffset.MaxValue));
        await _world.DeliverAsync(_world.Entered(zone: 2, persons: 2));
        Assert.Empty(await _world.AlarmsAsync());
        await _world.DeliverAsync(_world.Entered(zone: 2, persons: 3));
        var alarm = Assert.Single(await _world.AlarmsAsync());
        Assert.Equal(("3", "2"), (alarm.Measured, alarm.Limit));
        await _world.DeliverAsync(_world.Entered(zone: 1));

        Assert.Equal([EntryVerdict.Permitted, EntryVerdict.Intrusion, EntryVerdict.Intrusion], (await _world.EventsAsync()).Select(seen => seen.Verdict!.Value));
    }

    [Fact]
    public async Task Without_a_module_that_keeps_permits_every_presence_is_an_intrusion_and_the_event_says_why()
    {
        var entered = _world.Entered(zone: 2);
        await _world.DeliverAsync(entered);

        Assert.Equal("cameras.intrusion", Assert.Single(await _world.AlarmsAsync()).Kind);
        Assert.False((await _world.AskAsync((ShowCameraEvent slice) => slice.RunAsync(entered.Id, CancellationToken.None))).Value.PermitsKept);
    }

    [Fact]
    public async Task Whoever_vanished_is_an_alarm_until_a_named_persons_word_which_the_worker_hears_and_which_is_said_once()
    {
        var entered = _world.Entered(zone: 1);
        var vanished = _world.Then(entered, SightEventKind.Vanished);
        await _world.DeliverAsync(entered, vanished, new SightEvent(Guid.CreateVersion7(), _world.Camera, SightEventKind.Sight, _world.Host.Clock.GetUtcNow(), 1) { State = SightState.Seeing });
        Assert.True((await _world.AlarmsAsync()).Single(alarm => alarm.Kind == "cameras.vanished").IsLasting);

        Assert.Equal(["NoteInvalid"], (await ConfirmAsync(vanished.Id, " ")).Select(refusal => refusal.Code));
        Assert.Empty(await ConfirmAsync(vanished.Id, "He had left by the back door"));
        await _world.Host.ProjectedAsync();
        Assert.All(await _world.AlarmsAsync(), alarm => Assert.False(alarm.IsLasting));
        Assert.Equal(["EntryOver"], (await ConfirmAsync(vanished.Id, "again")).Select(refusal => refusal.Code));

        var answer = (await _world.AskAsync((LeaseCameras slice) => slice.RunAsync(new LeaseRequest("worker", 2, false, []), CancellationToken.None))).Value;
        Assert.Equal([entered.Id], Assert.Single(answer.Cameras).Confirmed);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_name_and_the_rest_is_taken()
    {
        var (good, foreign, future, zoneless) = (_world.Entered(1), _world.Entered(1) with { Camera = Guid.CreateVersion7() }, _world.Entered(1) with { At = _world.Host.Clock.GetUtcNow().AddHours(1) }, _world.Entered(1) with { Zone = null });
        var text = _world.Entered(1) with { Picture = "no picture at all"u8.ToArray() };
        var answer = await _world.DeliverAsync(foreign, future, zoneless, text, good);

        Assert.Equal([good.Id], answer.Taken);
        Assert.Equal([(foreign.Id, "CameraUnknown"), (future.Id, "EventInFuture"), (zoneless.Id, "EventZoneMissing"), (text.Id, "FileTypeRefused")], answer.Refused.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => new List<Guid> { foreign.Id, future.Id, zoneless.Id, text.Id }.IndexOf(pair.Key)));
        Assert.Single(await _world.EventsAsync());
    }

    [Fact]
    public async Task Where_no_file_can_be_kept_the_alarm_is_raised_all_the_same_and_its_picture_is_missing()
    {
        var incoming = FileNames.IncomingOf(_world.Host.Get<DataFolder>());
        if (Directory.Exists(incoming)) Directory.Delete(incoming, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(incoming)!);
        await File.WriteAllTextAsync(incoming, "no folder any more");
        var entered = _world.Entered(zone: 1);
        Assert.Equal([entered.Id], (await _world.DeliverAsync(entered)).Taken);

        Assert.Equal(("cameras.intrusion", null), (Assert.Single(await _world.AlarmsAsync()).Kind, Assert.Single(await _world.AlarmsAsync()).Picture));
        Assert.False(Assert.Single(await _world.EventsAsync()).HasPicture);
    }

    [Fact]
    public async Task What_people_say_of_the_alarm_is_noted_at_the_event()
    {
        await _world.DeliverAsync(_world.Entered(zone: 1));
        var alarm = Assert.Single(await _world.AlarmsAsync());
        Assert.Empty((await _world.AskAsync((Anlan.Alarms.Handling.MoveAlarm slice) => slice.RunAsync(alarm.Number, AlarmAct.MarkFalse, new Anlan.Alarms.Handling.MoveAlarm.Request("a shadow"), CancellationToken.None))).Refusals);
        await _world.Host.ProjectedAsync();
        await Welding.WeldingHost.UntilAsync(async () => (await _world.EventsAsync())[0].WasTrue == false);
    }

    private async Task<IReadOnlyList<Anlan.Kernel.Outcomes.Refusal>> ConfirmAsync(Guid id, string note) => (await _world.AskAsync((ConfirmEntry slice) => slice.RunAsync(id, note, CancellationToken.None))).Refusals;
}
