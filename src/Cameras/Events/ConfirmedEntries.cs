using System.Collections.Concurrent;
using Anlan.Cameras.Registry;
using Anlan.Toolkit.Log;

namespace Anlan.Cameras.Events;

/// <summary>The entries of each camera that a named person confirmed lately, for its worker. Kept since the server's start: a worker that asks every two seconds has heard of the older ones.</summary>
internal sealed class ConfirmedEntries : ILogObserver
{
    private const int MostOfACamera = 50;
    private readonly ConcurrentDictionary<CameraId, Guid[]> _entries = new();

    /// <summary>Of a camera, the newest first.</summary>
    public IReadOnlyList<Guid> Of(CameraId camera) => _entries.GetValueOrDefault(camera, []);

    public void OnCommitted(IReadOnlyList<LogRecord> batch)
    {
        foreach (var record in batch)
        {
            if (record.Body is EntryConfirmedBody body) _entries.AddOrUpdate(new CameraId(body.Camera), [body.Entry], (_, known) => [body.Entry, .. known.Where(entry => entry != body.Entry).Take(MostOfACamera - 1)]);
        }
    }
}
