using System.Collections.Concurrent;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Board;

/// <summary>The alarms that are open, or whose condition goes on, in memory: the bell, the clockworks and the projection ask no database.</summary>
internal sealed class AlarmBoard
{
    /// <summary>Topic of everything that shows alarms.</summary>
    public const string Topic = "alarms";

    private readonly ConcurrentDictionary<long, Alarm> _alarms = new();
    private readonly ConcurrentDictionary<string, long> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(long Alarm, Guid Account), byte> _silent = new();
    private volatile bool _isLoaded;

    /// <summary>All that lie here, in no order.</summary>
    public IEnumerable<Alarm> All => _alarms.Values;

    /// <summary>The open ones that concern somebody, the worst and then the oldest first.</summary>
    public IReadOnlyList<Alarm> OpenWithin(AlarmReach reach) =>
        [.. _alarms.Values.Where(alarm => alarm.IsOpen && reach.Covers(alarm)).OrderByDescending(alarm => alarm.Severity).ThenBy(alarm => alarm.Number)];

    public Alarm? Find(long number) => _alarms.GetValueOrDefault(number);

    /// <summary>The alarm of a condition, while it is open or goes on.</summary>
    public Alarm? FindByKey(string key) => _byKey.TryGetValue(key, out var number) ? Find(number) : null;

    /// <summary>True when somebody turned the sound of an alarm off.</summary>
    public bool IsSilentFor(long alarm, Guid account) => _silent.ContainsKey((alarm, account));

    /// <summary>Reads what was open when the server went down.</summary>
    public async Task LoadAsync(AnlanDb db, CancellationToken stop)
    {
        if (_isLoaded) return;
        Take(await db.Set<Alarm>().AsNoTracking().Where(alarm => alarm.OpenKey != null || alarm.IsLasting).ToListAsync(stop));
        var open = db.Set<Alarm>().Where(alarm => alarm.OpenKey != null).Select(alarm => alarm.Number);
        foreach (var step in await db.Set<AlarmStep>().AsNoTracking().Where(step => step.Act == AlarmAct.Silence && open.Contains(step.Alarm)).ToListAsync(stop)) Silence(step);
        _isLoaded = true;
    }

    /// <summary>Takes over what was committed.</summary>
    public void Take(IEnumerable<Alarm> changed)
    {
        foreach (var alarm in changed)
        {
            if (alarm.IsOpen || alarm.IsLasting) (_alarms[alarm.Number], _byKey[alarm.Key]) = (alarm, alarm.Number);
            else if (_alarms.TryRemove(alarm.Number, out _)) _byKey.TryRemove(new(alarm.Key, alarm.Number));
        }

        foreach (var (key, _) in _silent)
        {
            if (Find(key.Alarm) is not { IsOpen: true }) _silent.TryRemove(key, out _);
        }
    }

    /// <summary>Somebody turned the sound of an alarm off.</summary>
    public void Silence(AlarmStep step) => _silent[(step.Alarm, step.Account ?? Guid.Empty)] = 0;
}

internal sealed class AlarmBoardLoading(AlarmBoard board) : IStartUpStep
{
    public Task RunAsync(AnlanDb db, CancellationToken stop) => board.LoadAsync(db, stop);
}
