using System.Globalization;
using System.Text.RegularExpressions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>What a space's fields may hold; pure. Each answers null when the field is right.</summary>
internal static partial class SpaceRules
{
    public const int MostName = 80;
    public const int MostSite = 200;
    public const int MostOpening = 80;
    public const int MostReason = 200;
    private const double MostVolume = 1_000_000;
    private const double MostDepth = 1_000;

    /// <summary>Codes are capital: what a person types and what stands at the opening are the same code.</summary>
    public static string CodeOf(string? typed) => typed?.Trim().ToUpperInvariant() ?? "";

    /// <summary>4 to 32 letters, digits and single dashes between them, at least one digit: a plain word could be a page of its own.</summary>
    public static Refusal? Code(string code) =>
        code.Length is >= 4 and <= 32 && CodePattern().IsMatch(code) && code.Any(char.IsAsciiDigit) ? null : Refusal.OfField("code", "CodeInvalid") with { Measured = FactValue.Text(code), Limit = FactValue.Text("4–32") };

    public static Refusal? Name(string name) => Text("name", "NameInvalid", name, MostName);

    public static Refusal? Site(string site) => Text("site", "SiteInvalid", site, MostSite);

    public static Refusal? Reason(string reason) => Text("reason", "ReasonInvalid", reason, MostReason);

    public static Refusal? Opening(string? opening) => opening is null ? null : Text("opening", "OpeningInvalid", opening, MostOpening);

    /// <summary>Cubic metres.</summary>
    public static Refusal? Volume(double? volume) => Size("volume", "VolumeInvalid", volume, MostVolume);

    /// <summary>Metres.</summary>
    public static Refusal? Depth(double? depth) => Size("depth", "DepthInvalid", depth, MostDepth);

    public static Refusal? Hazards(IReadOnlyCollection<string>? hazards) => hazards switch
    {
        null or { Count: 0 } => Refusal.OfField("hazards", "HazardsMissing"),
        _ when hazards.FirstOrDefault(hazard => !SpaceHazards.All.Contains(hazard)) is { } stranger => Refusal.OfField("hazards", "WordInvalid") with { Measured = FactValue.Text(stranger) },
        _ => null,
    };

    /// <summary>Nobody compared the entry with the place on a day that has not come yet.</summary>
    public static Refusal? Reviewed(string field, DateOnly? on, DateOnly today) => on > today ? Refusal.OfField(field, "ReviewInFuture") with { Measured = FactValue.Of(on.Value), Limit = FactValue.Of(today) } : null;

    public static Refusal? Latitude(double? degrees) => Degrees("latitude", "LatitudeInvalid", degrees, 90);

    public static Refusal? Longitude(double? degrees) => Degrees("longitude", "LongitudeInvalid", degrees, 180);

    /// <summary>The place on WGS-84, to a centimetre, or null for a datum that is not told: half a kilometre of error is worse than a question.</summary>
    public static GeoPoint? PlaceOf(double latitude, double longitude, string? datum)
    {
        GeoPoint? place = datum switch
        {
            "wgs84" => new GeoPoint(latitude, longitude),
            "gcj02" => Gcj02.ToWgs84(new GeoPoint(latitude, longitude)),
            _ => null,
        };
        return place is { } found ? new GeoPoint(Math.Round(found.Latitude, 7), Math.Round(found.Longitude, 7)) : null;
    }

    private static Refusal? Text(string field, string code, string text, int most) => text.Length >= 1 && text.Length <= most && !text.Any(char.IsControl)
        ? null
        : Refusal.OfField(field, code) with { Measured = FactValue.Count(text.Length), Limit = FactValue.Count(most) };

    private static Refusal? Size(string field, string code, double? size, double most) =>
        size is not { } value || (double.IsFinite(value) && value > 0 && value <= most) ? null : Refusal.OfField(field, code) with { Measured = Number(value), Limit = FactValue.Count((long)most) };

    private static Refusal? Degrees(string field, string code, double? degrees, int most) => degrees is { } value && double.IsFinite(value) && Math.Abs(value) <= most
        ? null
        : Refusal.OfField(field, code) with { Measured = degrees is { } typed ? Number(typed) : null, Limit = FactValue.Text(string.Create(CultureInfo.InvariantCulture, $"{-most}–{most}")) };

    private static FactValue Number(double value) => FactValue.Text(value.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex("^[A-Z0-9]+(-[A-Z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex CodePattern();
}
