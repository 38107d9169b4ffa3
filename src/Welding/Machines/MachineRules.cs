using System.Globalization;
using System.Text.RegularExpressions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;

namespace Anlan.Welding.Machines;

/// <summary>What a machine's fields may hold; pure. Each answers null when the field is right.</summary>
internal static partial class MachineRules
{
    private const int LeastAmperes = 10;
    private const int MostAmperes = 3_000;
    private const int MostModel = 80;
    private const int MostSite = 200;
    private const int MostReason = 200;

    /// <summary>Codes are capital: what a person types and what a camera reads are the same code.</summary>
    public static string CodeOf(string? typed) => typed?.Trim().ToUpperInvariant() ?? "";

    /// <summary>A code is part of the phone page's address and printed under the QR code: 4 to 32 letters, digits and single dashes between them.</summary>
    public static Refusal? Code(string code) =>
        code.Length is >= 4 and <= 32 && CodePattern().IsMatch(code) ? null : Refusal.OfField("code", "CodeInvalid") with { Measured = FactValue.Text(code), Limit = Range(4, 32) };

    public static MachineKind? KindOf(string? kind) => kind switch { "electric" => MachineKind.Electric, "gas" => MachineKind.Gas, _ => null };

    /// <summary>An electric machine has a rating plate; a gas set has none.</summary>
    public static Refusal? RatedCurrent(MachineKind kind, int? amperes) => (kind, amperes) switch
    {
        (MachineKind.Gas, null or 0) => null,
        (MachineKind.Gas, _) => Refusal.OfField("ratedCurrent", "RatedCurrentOfGas") with { Measured = FactValue.Count(amperes.Value) },
        (_, >= LeastAmperes and <= MostAmperes) => null,
        (_, null) => Refusal.OfField("ratedCurrent", "RatedCurrentMissing") with { Limit = Range(LeastAmperes, MostAmperes) },
        _ => Refusal.OfField("ratedCurrent", "RatedCurrentInvalid") with { Measured = FactValue.Count(amperes.Value), Limit = Range(LeastAmperes, MostAmperes) },
    };

    public static Refusal? Model(string model) => Text("model", "ModelInvalid", model, MostModel);

    public static Refusal? Site(string site) => Text("site", "SiteInvalid", site, MostSite);

    public static Refusal? Reason(string reason) => Text("reason", "ReasonInvalid", reason, MostReason);

    public static Refusal? Latitude(double? degrees) =>
        degrees is { } value && double.IsFinite(value) && Math.Abs(value) <= 90 ? null : Refusal.OfField("latitude", "LatitudeInvalid") with { Measured = Degrees(degrees), Limit = Range(-90, 90) };

    public static Refusal? Longitude(double? degrees) =>
        degrees is { } value && double.IsFinite(value) && Math.Abs(value) <= 180 ? null : Refusal.OfField("longitude", "LongitudeInvalid") with { Measured = Degrees(degrees), Limit = Range(-180, 180) };

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

    private static FactValue Range(int least, int most) => FactValue.Text(string.Create(CultureInfo.InvariantCulture, $"{least}–{most}"));

    private static FactValue? Degrees(double? degrees) => degrees is { } value ? FactValue.Text(value.ToString(CultureInfo.InvariantCulture)) : null;

    [GeneratedRegex("^[A-Z0-9]+(-[A-Z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex CodePattern();
}
