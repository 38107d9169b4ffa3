using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Places;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>What was typed so far; numbers are text until they are sent, so that nothing typed is lost.</summary>
internal sealed class SpaceForm
{
    public string Code { get; set; } = "";

    public bool IsInUse { get; set; } = true;

    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    public HashSet<string> Hazards { get; } = new(StringComparer.Ordinal);

    public EnterpriseFacts? Enterprise { get; set; }

    public EmployedPerson? Responsible { get; set; }

    public string County { get; set; } = "";

    public string Town { get; set; } = "";

    public string Site { get; set; } = "";

    public string Latitude { get; set; } = "";

    public string Longitude { get; set; } = "";

    /// <summary>Never chosen for the reader.</summary>
    public string Datum { get; set; } = "";

    public string Volume { get; set; } = "";

    public string Depth { get; set; } = "";

    public string Opening { get; set; } = "";

    public string Risk { get; set; } = "";

    public bool IsCatalogued { get; set; }

    public string Access { get; set; } = "";

    public bool HasNoticeBoard { get; set; }

    public DateOnly? LastReviewedOn { get; set; }

    public int? Version { get; set; }

    /// <summary>The place on WGS-84, or null while it is not complete.</summary>
    public GeoPoint? Place => Number(Latitude) is { } latitude && Number(Longitude) is { } longitude && SpaceRules.Latitude(latitude) is null && SpaceRules.Longitude(longitude) is null
        ? SpaceRules.PlaceOf(latitude, longitude, Datum)
        : null;

    /// <summary>A form filled with a space as it is; its place is WGS-84.</summary>
    /// <param name="shown">The space.</param>
    /// <param name="enterprise">Finds an enterprise.</param>
    /// <param name="responsible">Who answers for it, where the enterprise still employs that person.</param>
    public static SpaceForm Of(ShowSpace.Shown shown, Func<Guid, EnterpriseFacts?> enterprise, EmployedPerson? responsible)
    {
        var space = shown.Space;
        var form = new SpaceForm
        {
            Code = space.Code,
            Name = space.Name,
            Kind = SpaceLook.Key(space.Kind),
            Enterprise = enterprise(space.Enterprise),
            Responsible = responsible,
            County = space.Division[..Math.Min(6, space.Division.Length)],
            Town = space.Division.Length > 6 ? space.Division : "",
            Site = space.Site,
            Latitude = SpaceLook.Text(space.Latitude),
            Longitude = SpaceLook.Text(space.Longitude),
            Datum = space.Latitude is null ? "" : "wgs84",
            Volume = SpaceLook.Text(shown.Volume),
            Depth = SpaceLook.Text(shown.Depth),
            Opening = shown.Opening ?? "",
            Risk = SpaceLook.Key(space.Risk),
            IsCatalogued = space.IsCatalogued,
            Access = SpaceLook.Key(space.Access),
            HasNoticeBoard = space.HasNoticeBoard,
            LastReviewedOn = space.LastReviewedOn,
            Version = shown.Version,
        };
        form.Hazards.UnionWith(space.Hazards);
        return form;
    }

    /// <summary>Takes both numbers when "30.54, 119.97" was pasted into one field, as map pages give them.</summary>
    public void TakePlace(string latitude)
    {
        Latitude = latitude;
        if (latitude.Split([',', '\uFF0C', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var one, var other] || Number(one) is not { } a || Number(other) is not { } b) return;
        // "30,5432" is one number with a foreign decimal sign: the field stays as it is and is named when it is sent.
        if (Math.Abs(a) > 180 || Math.Abs(b) > 180) return;
        // Beyond 90 it can only be the longitude: some maps put it first.
        (Latitude, Longitude) = Math.Abs(a) > 90 && Math.Abs(b) <= 90 ? (other, one) : (one, other);
    }

    public void Toggle(string hazard)
    {
        if (!Hazards.Remove(hazard)) Hazards.Add(hazard);
    }

    public RegisterSpace.Request ToRegister() => new()
    {
        Code = Code,
        IsInUse = IsInUse,
        Name = Name,
        Kind = Kind,
        Hazards = SpaceHazards.Sorted(Hazards),
        Enterprise = Enterprise?.Id.Value,
        Responsible = Responsible?.Id,
        Division = Division,
        Site = Site,
        Latitude = Degrees(Latitude),
        Longitude = Degrees(Longitude),
        Datum = Datum,
        Volume = Size(Volume),
        Depth = Size(Depth),
        Opening = Opening,
        Risk = Risk,
        IsCatalogued = IsCatalogued,
        Access = Access,
        HasNoticeBoard = HasNoticeBoard,
        LastReviewedOn = LastReviewedOn,
    };

    public EditSpace.Request ToEdit() => new()
    {
        Name = Name,
        Kind = Kind,
        Hazards = SpaceHazards.Sorted(Hazards),
        Enterprise = Enterprise?.Id.Value,
        Responsible = Responsible?.Id,
        Division = Division,
        Site = Site,
        Latitude = Degrees(Latitude),
        Longitude = Degrees(Longitude),
        Datum = Datum,
        Volume = Size(Volume),
        Depth = Size(Depth),
        Opening = Opening,
        Risk = Risk,
        IsCatalogued = IsCatalogued,
        Access = Access,
        HasNoticeBoard = HasNoticeBoard,
        LastReviewedOn = LastReviewedOn,
        Version = Version,
    };

    private string Division => Town.Length > 0 ? Town : County;

    // What is no number is out of every range, so that its field is named; empty is left out.
    private static double? Degrees(string text) => text.Trim().Length == 0 ? null : Number(text) ?? double.MaxValue;

    private static double? Size(string text) => text.Trim().Length == 0 ? null : Number(text) ?? -1;

    private static double? Number(string text) => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
