using System.Globalization;
using Anlan.Cameras.Sight.Zones;

namespace Anlan.Cameras.Zones;

/// <summary>How zones look in pictures.</summary>
internal static class ZoneLook
{
    /// <summary>Style class of a kind.</summary>
    public static string Css(ZoneKind kind) => kind switch
    {
        ZoneKind.Exclusion => "exclusion",
        ZoneKind.PermitEntry => "permit",
        ZoneKind.AttendantPost => "post",
        _ => "mask",
    };

    /// <summary>Corners for an SVG of 100 by 100.</summary>
    public static string Points(Zone zone) => Points(zone.Corners);

    /// <summary>Corners for an SVG of 100 by 100.</summary>
    public static string Points(IEnumerable<ZonePoint> corners) => string.Join(' ', corners.Select(corner => Percent(corner.X) + "," + Percent(corner.Y)));

    /// <summary>A part of the picture in hundredths.</summary>
    public static string Percent(double part) => (part * 100).ToString("0.##", CultureInfo.InvariantCulture);
}
