using System.Text.Json.Serialization;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Toolkit.Log;

namespace Anlan.Cameras.Events;

/// <summary>Whether somebody may be where he is.</summary>
internal enum EntryVerdict
{
    /// <summary>Nobody may be there, or not without a permit, and there is none.</summary>
    Intrusion,

    /// <summary>A permit is in force.</summary>
    Permitted,
}

/// <summary>Body of <c>camera.event</c>: what a worker or the server itself saw of a camera.</summary>
/// <param name="Id">Id of the event, made by whoever saw it.</param>
/// <param name="Camera">Which camera.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When it happened; the entry's own time is when the server heard of it.</param>
/// <param name="Worker">Name of the worker; null for the server itself.</param>
/// <param name="ZoneVersion">Version of the zones that held.</param>
internal sealed record CameraEventBody(Guid Id, Guid Camera, SightEventKind Kind, DateTimeOffset At, string? Worker, int ZoneVersion)
{
    public int? Zone { get; init; }

    /// <summary>One person and one entry.</summary>
    public Guid? Entry { get; init; }

    public int? Track { get; init; }

    public int Persons { get; init; }

    /// <summary>How many may be there.</summary>
    public int? Allowed { get; init; }

    public double? Seconds { get; init; }

    public double? Score { get; init; }

    public SightState? State { get; init; }

    /// <summary>What is thought of an entry.</summary>
    public EntryVerdict? Verdict { get; init; }

    /// <summary>False when no module keeps permits: then every presence is an intrusion.</summary>
    public bool? PermitsKept { get; init; }

    /// <summary>The permit that covers it, or null.</summary>
    public Guid? Permit { get; init; }

    public IReadOnlyList<SeenPerson>? People { get; init; }

    public string? Model { get; init; }

    public string? ModelHash { get; init; }

    public double? Threshold { get; init; }

    /// <summary>SHA-256 over the picture, lower-case hex, or null.</summary>
    public string? Picture { get; init; }

    /// <summary>SHA-256 over the picture in which the top third of everybody is blurred, or null.</summary>
    public string? Blurred { get; init; }

    public bool HasClip { get; init; }

    /// <summary>The kind of log entry.</summary>
    public static LogKind<CameraEventBody> LogKind { get; } = new("camera.event", CameraJson.Default.CameraEventBody);

    /// <summary>A draft that is written once for each event.</summary>
    public LogDraft Draft(DateTimeOffset heardAt) => LogKind.Draft(CameraFacts.SubjectOf(Camera), heardAt, this) with { Once = $"camera/{Id:N}" };
}

/// <summary>Body of <c>camera.clip</c>: a clip of an event is kept.</summary>
/// <param name="Camera">Which camera.</param>
/// <param name="Event">The event that it shows.</param>
/// <param name="IsBlurred">True for the one in which the top third of everybody is blurred.</param>
/// <param name="Sha256">SHA-256 over it, lower-case hex.</param>
/// <param name="Size">Bytes.</param>
/// <param name="From">When it begins, or null.</param>
internal sealed record CameraClipBody(Guid Camera, Guid Event, bool IsBlurred, string Sha256, long Size, DateTimeOffset? From)
{
    /// <summary>The kind of log entry.</summary>
    public static LogKind<CameraClipBody> LogKind { get; } = new("camera.clip", CameraJson.Default.CameraClipBody);
}

/// <summary>Body of <c>camera.confirmed</c>: a named person says that somebody who vanished or lay in a zone is safe, or was none.</summary>
/// <param name="Camera">Which camera.</param>
/// <param name="Entry">Of which entry.</param>
/// <param name="Account">Who says so.</param>
/// <param name="For">The account whose handed-on permission was used, or null.</param>
/// <param name="Note">What was found.</param>
internal sealed record EntryConfirmedBody(Guid Camera, Guid Entry, Guid Account, Guid? For, string Note)
{
    /// <summary>The kind of log entry.</summary>
    public static LogKind<EntryConfirmedBody> LogKind { get; } = new("camera.confirmed", CameraJson.Default.EntryConfirmedBody);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CameraEventBody))]
[JsonSerializable(typeof(CameraClipBody))]
[JsonSerializable(typeof(EntryConfirmedBody))]
internal sealed partial class CameraJson : JsonSerializerContext;
