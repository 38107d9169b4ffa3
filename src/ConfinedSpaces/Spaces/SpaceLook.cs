using System.Globalization;
using System.Text.Json;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>How a space is drawn; words come from <c>Words</c>: <c>State.{state}</c>.</summary>
internal static class SpaceLook
{
    /// <summary>Colour and outline of the chip.</summary>
    public static string Tone(SpaceState state) => state switch
    {
        SpaceState.Active => "ok",
        SpaceState.Identified => "info",
        _ => "off",
    };

    /// <summary>A word of a closed list as the API and addresses write it.</summary>
    public static string Key<TWord>(TWord word) where TWord : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(word.ToString());

    /// <summary>A number as forms and files write it, or nothing.</summary>
    public static string Text(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
