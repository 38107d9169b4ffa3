namespace Anlan.Kernel.Places;

/// <summary>A position on WGS-84 in degrees; the only datum that is stored (conventions, 14.8).</summary>
/// <param name="Latitude">-90 to 90.</param>
/// <param name="Longitude">-180 to 180.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>True when both numbers are finite and in range.</summary>
    public bool IsValid => double.IsFinite(Latitude) && double.IsFinite(Longitude) && Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;

    /// <summary>Great-circle distance in metres (haversine, mean earth radius).</summary>
    public double MetresTo(GeoPoint other)
    {
        var lat1 = double.DegreesToRadians(Latitude);
        var lat2 = double.DegreesToRadians(other.Latitude);
        var sinLat = Math.Sin((lat2 - lat1) / 2);
        var sinLon = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        var a = (sinLat * sinLat) + (Math.Cos(lat1) * Math.Cos(lat2) * sinLon * sinLon);
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(a)));
    }
}
