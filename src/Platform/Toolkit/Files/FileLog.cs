using System.Text.Json.Serialization;
using Anlan.Kernel.Events;
using Anlan.Toolkit.Log;

namespace Anlan.Toolkit.Files;

/// <summary>Body of <c>platform.file</c>: a record names a file.</summary>
/// <param name="File">Id of the row.</param>
/// <param name="Hash">SHA-256 over the bytes as they are kept, lower-case hex; of sealed content it tells nothing.</param>
/// <param name="Size">Bytes of the content.</param>
/// <param name="MediaType">Its kind.</param>
/// <param name="IsSealed">True when the bytes are sealed.</param>
/// <param name="Part">What it shows of the record.</param>
/// <param name="Account">Who attached it.</param>
public sealed record FileNamed(Guid File, string Hash, long Size, string MediaType, bool IsSealed, string Part, Guid Account);

/// <summary>Body of <c>platform.file.removed</c>: the last record that named a file is gone, and so is the file.</summary>
/// <param name="Hash">Its name.</param>
public sealed record FileRemoved(string Hash);

/// <summary>Entries of the log about files.</summary>
public static class FileLog
{
    /// <summary>A record names a file.</summary>
    public static LogKind<FileNamed> Named { get; } = new("platform.file", FileLogJson.Default.FileNamed);

    /// <summary>A file was removed, because no record names it any more.</summary>
    public static LogKind<FileRemoved> Removed { get; } = new("platform.file.removed", FileLogJson.Default.FileRemoved);
}

/// <summary>A file was attached to a record; saved with its row, and put into the log from there.</summary>
/// <param name="Subject">The record.</param>
/// <param name="At">When.</param>
/// <param name="Named">What the log is told.</param>
internal sealed record FileAttached(string Subject, DateTimeOffset At, FileNamed Named) : IDomainEvent;

/// <summary>Puts an attached file into the log, once.</summary>
internal sealed class RecordFile(HotLog log) : IEventSubscriber<FileAttached>
{
    public Task HandleAsync(FileAttached happened, Guid eventId, CancellationToken stop) =>
        log.AppendAsync(FileLog.Named.Draft(happened.Subject, happened.At, happened.Named) with { Once = $"file/{happened.Named.File}" }, stop);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FileNamed))]
[JsonSerializable(typeof(FileRemoved))]
internal sealed partial class FileLogJson : JsonSerializerContext;
