using Anlan.Alarms.Board;
using Anlan.Alarms.Desk;
using Anlan.Alarms.Handling;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Alarms.Desk;

/// <summary>What is known of an alarm can be proved, and of every step who did it, also for a colleague or by a program.</summary>
public sealed class ExportAlarmTests
{
    [Fact]
    public async Task The_entry_of_an_alarm_and_of_each_step_is_a_file_that_proves_itself_and_others_are_unknown()
    {
        await using var world = await AlarmsWorld.StartAsync();
        var number = await world.GasAsync();
        await world.MoveAsync(number, AlarmAct.Acknowledge);
        var step = (await world.ReadAsync(db => db.Set<AlarmStep>().SingleAsync(taken => taken.Act == AlarmAct.Acknowledge))).Seq;

        foreach (var entry in new[] { number, step })
        {
            var file = await world.AskAsync((ExportAlarm slice) => slice.RunAsync(number, entry, CancellationToken.None));
            Assert.Empty(file.Refusals);
            var evidence = EvidenceFile.Read(file.Value);
            Assert.Equal(entry, evidence.Position);
            Assert.Empty(evidence.Faults());
        }

        // An entry of the log that is none of this alarm's, and an alarm that is none.
        foreach (var (alarm, entry) in new[] { (number, number - 1), (number, step + 1_000), (step, step) })
        {
            Assert.Equal("AlarmUnknown", Assert.Single((await world.AskAsync((ExportAlarm slice) => slice.RunAsync(alarm, entry, CancellationToken.None))).Refusals).Code);
        }
    }

    [Fact]
    public async Task A_step_names_the_colleague_whose_permission_was_used_and_that_a_program_did_it()
    {
        await using var world = await AlarmsWorld.StartAsync();
        var number = await world.GasAsync();
        var (holder, key) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var scope = world.Host.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor(world.Manager, "manager", "safety-manager", world.Host.Enterprise.Value, null) { OnBehalfOf = holder, Key = key };
            Assert.Empty((await scope.ServiceProvider.GetRequiredService<MoveAlarm>().RunAsync(number, AlarmAct.Acknowledge, new MoveAlarm.Request(), CancellationToken.None)).Refusals);
        }

        var body = Assert.Single(world.Host.ReadLog().Select(record => record.Body).OfType<StepBody>());
        Assert.Equal((world.Manager, holder, key), (body.Account, body.For, body.ApiKey));
        var shown = (await world.AskAsync((ShowAlarm slice) => slice.RunAsync(number, CancellationToken.None))).Value;
        Assert.True(Assert.Single(shown.Steps, step => step.Act == AlarmAct.Acknowledge).IsByProgram);
    }
}
