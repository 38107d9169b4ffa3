namespace Anlan.Kernel.Places;

/// <summary>
/// Conversion between WGS-84 and GCJ-02, the shifted datum of Chinese map services and phones. Used at the edge only:
/// what people type or a phone map gives may be GCJ-02, what is stored never is.
/// The formula is the one in common public use; outside China the datums agree.
/// </summary>
public static class Gcj02
{
    private const double SemiMajorAxis = 6_378_245.0;
    private const double EccentricitySquared = 0.00669342162296594323;

    /// <summary>WGS-84 to GCJ-02.</summary>
    public static GeoPoint FromWgs84(GeoPoint wgs)
    {
        if (IsOutsideChina(wgs)) return wgs;
        var (dLat, dLon) = Shift(wgs);
        return new GeoPoint(wgs.Latitude + dLat, wgs.Longitude + dLon);
    }

    /// <summary>GCJ-02 to WGS-84, by fixed-point iteration; the error is below a centimetre.</summary>
    public static GeoPoint ToWgs84(GeoPoint gcj)
    {
        if (IsOutsideChina(gcj)) return gcj;
        var guess = gcj;
        for (var i = 0; i < 6; i++)
        {
            var forward = FromWgs84(guess);
            guess = new GeoPoint(guess.Latitude - (forward.Latitude - gcj.Latitude), guess.Longitude - (forward.Longitude - gcj.Longitude));
        }

        return guess;
    }

    private static bool IsOutsideChina(GeoPoint p) => p.Longitude is < 72.004 or > 137.8347 || p.Latitude is < 0.8293 or > 55.8271;

    private static (double Latitude, double Longitude) Shift(GeoPoint p)
    {
        var x = p.Longitude - 105;
        var y = p.Latitude - 35;
        var common = ((20 * Math.Sin(6 * x * Math.PI)) + (20 * Math.Sin(2 * x * Math.PI))) * 2 / 3;
        var dLat = -100 + (2 * x) + (3 * y) + (0.2 * y * y) + (0.1 * x * y) + (0.2 * Math.Sqrt(Math.Abs(x))) + common
            + (((20 * Math.Sin(y * Math.PI)) + (40 * Math.Sin(y / 3 * Math.PI))) * 2 / 3)
            + (((160 * Math.Sin(y / 12 * Math.PI)) + (320 * Math.Sin(y * Math.PI / 30))) * 2 / 3);
        var dLon = 300 + x + (2 * y) + (0.1 * x * x) + (0.1 * x * y) + (0.1 * Math.Sqrt(Math.Abs(x))) + common
            + (((20 * Math.Sin(x * Math.PI)) + (40 * Math.Sin(x / 3 * Math.PI))) * 2 / 3)
            + (((150 * Math.Sin(x / 12 * Math.PI)) + (300 * Math.Sin(x / 30 * Math.PI))) * 2 / 3);
        var radLat = double.DegreesToRadians(p.Latitude);
        var magic = 1 - (EccentricitySquared * Math.Sin(radLat) * Math.Sin(radLat));
        var sqrtMagic = Math.Sqrt(magic);
        return (dLat * 180 / (SemiMajorAxis * (1 - EccentricitySquared) / (magic * sqrtMagic) * Math.PI),
            dLon * 180 / (SemiMajorAxis / sqrtMagic * Math.Cos(radLat) * Math.PI));
    }
}
