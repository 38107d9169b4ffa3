using System.Collections.Concurrent;
using Anlan.Cameras.Registry;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Events;

/// <summary>The entries of each camera that a named person confirmed lately, for its worker: also for one whose line was down meanwhile.</summary>
internal sealed class ConfirmedEntries : ILogObserver
{
    private const int MostOfACamera = 50;
    private readonly ConcurrentDictionary<CameraId, Guid[]> _entries = new();

    /// <summary>Of a camera, the newest first.</summary>
    public IReadOnlyList<Guid> Of(CameraId camera) => _entries.GetValueOrDefault(camera, []);

    /// <summary>What was said before the server went down.</summary>
    public async Task LoadAsync(AnlanDb db, DateTimeOffset since, CancellationToken stop)
    {
        foreach (var said in await db.Set<ConfirmedEntry>().AsNoTracking().Where(said => said.At >= since).OrderBy(said => said.Seq).ToListAsync(stop)) Take(said.Camera, said.Entry);
    }

    public void OnCommitted(IReadOnlyList<LogRecord> batch)
    {
        foreach (var record in batch)
        {
            if (record.Body is EntryConfirmedBody body) Take(new CameraId(body.Camera), body.Entry);
        }
    }

    private void Take(CameraId camera, Guid confirmed) => _entries.AddOrUpdate(camera, [confirmed], (_, known) => [confirmed, .. known.Where(entry => entry != confirmed).Take(MostOfACamera - 1)]);
}

internal sealed class ConfirmedEntriesLoading(ConfirmedEntries entries, TimeProvider clock) : IStartUpStep
{
    // A worker goes on for days without its line.
    private static readonly TimeSpan Back = TimeSpan.FromDays(7);

    public Task RunAsync(AnlanDb db, CancellationToken stop) => entries.LoadAsync(db, clock.GetUtcNow() - Back, stop);
}
