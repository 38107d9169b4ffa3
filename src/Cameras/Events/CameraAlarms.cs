using Anlan.Cameras.Sight.Wire;
using Anlan.Toolkit.Alarms;

namespace Anlan.Cameras.Events;

/// <summary>Of what people are told.</summary>
internal static class CameraAlarms
{
    private static readonly AlarmPlace Page = new("/cameras/", CamerasPermissions.View);

    /// <summary>Somebody is where nobody may be.</summary>
    public static readonly AlarmKind Intrusion = Seen("intrusion", AlarmSeverity.Severe);

    /// <summary>Somebody was in a zone and is not to be seen any more.</summary>
    public static readonly AlarmKind Vanished = Seen("vanished", AlarmSeverity.Severe);

    /// <summary>Somebody lies in a zone.</summary>
    public static readonly AlarmKind Down = Seen("down", AlarmSeverity.Severe);

    /// <summary>Somebody went in after one who went down: a rescue without protection (Order 13, art. 15).</summary>
    public static readonly AlarmKind Rescue = Seen("rescue", AlarmSeverity.Severe);

    /// <summary>More people than may be.</summary>
    public static readonly AlarmKind Crowd = Seen("crowd", AlarmSeverity.Warning);

    /// <summary>Somebody stays for too long.</summary>
    public static readonly AlarmKind Loitering = Seen("loitering", AlarmSeverity.Warning);

    /// <summary>Somebody is inside and nobody at the attendant's post.</summary>
    public static readonly AlarmKind Post = Seen("post", AlarmSeverity.Severe);

    /// <summary>The camera does not see: one kind for each reason, so that each says what to do.</summary>
    public static readonly IReadOnlyDictionary<SightState, AlarmKind> Blind = Enum.GetValues<SightState>().Where(state => state != SightState.Seeing).ToDictionary(state => state, state =>
        new AlarmKind($"cameras.{char.ToLowerInvariant(state.ToString()[0])}{state.ToString()[1..]}", typeof(Words), state == SightState.Paused ? AlarmSeverity.Notice : AlarmSeverity.Warning) { Page = Page, ClosesItself = true });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AlarmKind> All { get; } = [Intrusion, Vanished, Down, Rescue, Crowd, Loitering, Post, .. Blind.Values];

    private static AlarmKind Seen(string key, AlarmSeverity severity) => new("cameras." + key, typeof(Words), severity) { Needs = AlarmEvidence.Measured | AlarmEvidence.Picture, WhenFalse = AlarmAdvice.Mask, Page = Page };
}
