using Anlan.Cameras.Registry;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Ui;

namespace Anlan.Cameras.Events;

/// <summary>Tells what happened before cameras from the log.</summary>
internal sealed class EventProjection(CameraIndex cameras, LiveFeed feed) : IProjection
{
    /// <summary>Topic of everything that shows cameras.</summary>
    public const string Topic = "cameras";

    public Task ApplyAsync(AnlanDb db, IReadOnlyList<LogRecord> batch, CancellationToken stop)
    {
        foreach (var record in batch)
        {
            if (record.Body is EntryConfirmedBody said) db.Put(new ConfirmedEntry { Seq = record.Seq, Camera = new CameraId(said.Camera), Entry = said.Entry, Account = said.Account, At = record.At, Note = said.Note });
            if (record.Body is CameraClipBody clip) db.Put(new CameraClip { Seq = record.Seq, Camera = new CameraId(clip.Camera), Event = clip.Event, IsBlurred = clip.IsBlurred, At = record.At });
            if (record.Body is CameraEventBody body && cameras.Find(new CameraId(body.Camera)) is { } camera) db.Put(Row(record, body, camera));
        }

        return Task.CompletedTask;
    }

    public void OnSaved(IReadOnlyList<LogRecord> batch)
    {
        if (batch.Any(record => record.Body is CameraEventBody or CameraClipBody or EntryConfirmedBody)) feed.Tell(Topic);
    }

    private static CameraEvent Row(LogRecord record, CameraEventBody body, CameraFacts camera) => new()
    {
        Seq = record.Seq,
        Id = body.Id,
        Camera = camera.Id,
        Enterprise = camera.Enterprise,
        Division = camera.Division,
        Kind = body.Kind,
        At = body.At < record.At ? body.At : record.At,
        HeardAt = record.At,
        Zone = body.Zone,
        ZoneVersion = body.ZoneVersion,
        Entry = body.Entry,
        Persons = body.Persons,
        State = body.State,
        Verdict = body.Verdict,
        HasPicture = body.Picture is not null,
        HasClip = body.HasClip,
    };
}
