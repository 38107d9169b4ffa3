using System.Text.Json.Nodes;

namespace Anlan.Simulator.County;

/// <summary>The outline of a county, to put machines inside it.</summary>
internal sealed class CountyMap
{
    private readonly (double Lon, double Lat)[] _ring;

    private CountyMap((double, double)[] ring) => _ring = ring;

    /// <summary>The outline with this name in a GeoJSON FeatureCollection.</summary>
    public static CountyMap Read(string path, string name)
    {
        var map = JsonNode.Parse(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} is empty.");
        var feature = map["features"]!.AsArray().FirstOrDefault(found => (string?)found?["properties"]?["name"] == name) ?? throw new InvalidDataException($"{path} has no outline of {name}.");
        var outlines = (string?)feature["geometry"]!["type"] == "Polygon" ? [feature["geometry"]!["coordinates"]!] : feature["geometry"]!["coordinates"]!.AsArray().Select(part => part!);
        var ring = outlines.Select(outline => outline[0]!.AsArray()).MaxBy(points => points.Count)!;
        return new CountyMap([.. ring.Select(point => ((double)point![0]!, (double)point[1]!))]);
    }

    /// <summary>A square of some kilometres around a place, for a county without a map.</summary>
    public static CountyMap Around(double latitude, double longitude)
    {
        const double reach = 0.08;
        return new CountyMap([(longitude - reach, latitude - reach), (longitude + reach, latitude - reach), (longitude + reach, latitude + reach), (longitude - reach, latitude + reach)]);
    }

    /// <summary>Places well apart from each other, one for each town.</summary>
    public IReadOnlyList<(double Lat, double Lon)> Centres(int count, Random dice)
    {
        var candidates = Enumerable.Range(0, 400).Select(_ => Anywhere(dice)).ToList();
        var centres = new List<(double Lat, double Lon)> { candidates[0] };
        while (centres.Count < count) centres.Add(candidates.MaxBy(candidate => centres.Min(centre => Squared(candidate, centre))));
        return centres;
    }

    /// <summary>A place near another and inside the outline.</summary>
    public (double Lat, double Lon) Near((double Lat, double Lon) centre, Random dice)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            var place = (Lat: centre.Lat + (dice.NextDouble() - 0.5) * 0.03, Lon: centre.Lon + (dice.NextDouble() - 0.5) * 0.035);
            if (Contains(place)) return place;
        }

        return centre;
    }

    public bool Contains((double Lat, double Lon) place)
    {
        var inside = false;
        for (int i = 0, j = _ring.Length - 1; i < _ring.Length; j = i++)
        {
            if (_ring[i].Lat > place.Lat != _ring[j].Lat > place.Lat
                && place.Lon < (_ring[j].Lon - _ring[i].Lon) * (place.Lat - _ring[i].Lat) / (_ring[j].Lat - _ring[i].Lat) + _ring[i].Lon) inside = !inside;
        }

        return inside;
    }

    private (double Lat, double Lon) Anywhere(Random dice)
    {
        var (south, north) = (_ring.Min(point => point.Lat), _ring.Max(point => point.Lat));
        var (west, east) = (_ring.Min(point => point.Lon), _ring.Max(point => point.Lon));
        while (true)
        {
            var place = (Lat: south + dice.NextDouble() * (north - south), Lon: west + dice.NextDouble() * (east - west));
            if (Contains(place)) return place;
        }
    }

    private static double Squared((double Lat, double Lon) one, (double Lat, double Lon) other) =>
        (one.Lat - other.Lat) * (one.Lat - other.Lat) + (one.Lon - other.Lon) * (one.Lon - other.Lon);
}
