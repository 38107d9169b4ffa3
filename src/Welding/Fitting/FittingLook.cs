namespace Anlan.Welding.Fitting;

/// <summary>How a state of a fitting is drawn; the word comes from <c>Words</c>: <c>Fitting.{state}</c>.</summary>
internal static class FittingLook
{
    public static string Tone(FittingState state) => state switch
    {
        FittingState.Active => "ok",
        FittingState.Faulty => "bad",
        FittingState.Installed or FittingState.Tested or FittingState.Scheduled => "info",
        FittingState.Surveyed => "warn",
        _ => "off",
    };
}
