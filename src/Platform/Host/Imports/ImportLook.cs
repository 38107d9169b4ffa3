using Anlan.Toolkit.Import;

namespace Anlan.Host.Imports;

/// <summary>How a state looks.</summary>
internal static class ImportLook
{
    public static string Tone(ImportState state) => state switch
    {
        ImportState.Applied => "ok",
        ImportState.Checked or ImportState.TakingBack => "warn",
        ImportState.Failed => "bad",
        ImportState.Undone or ImportState.Discarded => "off",
        _ => "info",
    };
}
