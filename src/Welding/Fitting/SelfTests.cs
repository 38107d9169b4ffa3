using System.Collections.Concurrent;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Log;
using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;

namespace Anlan.Welding.Fitting;

/// <summary>Asks chips for self-tests and waits for the durable answer, outside every turn.</summary>
internal sealed class SelfTests(TimeProvider clock) : ILogObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<TestedBody>> _waiting = new();

    /// <summary>Asks a chip; the report, or null when none came in time.</summary>
    /// <param name="log">The log, which keeps the question before it is sent; it tells this class of answers, so it comes with the call.</param>
    /// <param name="commands">Carries the question.</param>
    /// <param name="serial">The chip.</param>
    /// <param name="machine">Where it is fitted.</param>
    /// <param name="account">Who asks.</param>
    /// <param name="wait">How long to wait; the downlink expires then.</param>
    /// <param name="stop">Gives up waiting.</param>
    public async Task<TestedBody?> AskAsync(HotLog log, IDeviceCommands commands, string serial, MachineId machine, Guid account, TimeSpan wait, CancellationToken stop)
    {
        var (now, id) = (clock.GetUtcNow(), Guid.CreateVersion7());
        var payload = ChipJson.Write(new TestCommand(id));
        var answer = _waiting[id] = new TaskCompletionSource<TestedBody>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var asked = SelfTestLog.Asked.Draft(ChipLog.SubjectOf(serial), now, new TestAskedBody(serial, machine.Value, id, account));
            if (!(await log.AppendAsync(asked with { Post = new Downlink(id, serial, ChipTopics.Test, payload, now + wait) }, stop)).IsAppended) return null;
            await commands.SendAsync(serial, ChipTopics.Test, payload);
            return await answer.Task.WaitAsync(wait, clock, stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    public void OnCommitted(IReadOnlyList<LogRecord> batch)
    {
        if (_waiting.IsEmpty) return;
        foreach (var record in batch)
        {
            // The id alone is no proof: it must come from the chip that was asked, which is why the asker compares the serial.
            if (record.Body is TestedBody tested && _waiting.TryRemove(tested.Id, out var waiting)) waiting.TrySetResult(tested);
        }
    }
}
