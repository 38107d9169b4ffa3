namespace Anlan.Devices.Registry;

/// <summary>How a state of a chip is drawn; the word comes from <c>Words</c>: <c>State.{state}</c>.</summary>
internal static class StateLook
{
    public static string Tone(ChipState state) => state switch
    {
        ChipState.Online => "ok",
        ChipState.Tampered or ChipState.Disabled => "bad",
        _ => "off",
    };
}
