using Anlan.Cameras.Events;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Registry;

/// <summary>How states and events look.</summary>
internal static class SightLook
{
    /// <summary>Tone of a state.</summary>
    public static string Tone(SightState state) => state switch
    {
        SightState.Seeing => "ok",
        SightState.Paused => "off",
        SightState.Unwatched or SightState.Offline => "bad",
        _ => "warn",
    };

    /// <summary>Tone of an event.</summary>
    public static string Tone(ListCameraEvents.Row seen) => seen.Kind switch
    {
        SightEventKind.Sight => Tone(seen.State ?? SightState.Offline),
        SightEventKind.Entered when seen.Verdict == EntryVerdict.Intrusion => "bad",
        SightEventKind.Vanished or SightEventKind.Down or SightEventKind.RushedIn or SightEventKind.PostEmpty => "bad",
        SightEventKind.Crowd or SightEventKind.Loitering => "warn",
        _ => "ok",
    };

    /// <summary>The word of an event: of a change of sight that of the state, of an entry that of the verdict.</summary>
    public static string Word(ListCameraEvents.Row seen) => seen switch
    {
        { Kind: SightEventKind.Sight, State: { } state } => "Sight." + state,
        { Kind: SightEventKind.Entered, Verdict: { } verdict } => "Verdict." + verdict,
        _ => "Event." + seen.Kind,
    };
}
