using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Anlan.Kernel.Places;
using Anlan.Toolkit.City;

namespace Anlan.Toolkit.Ui;

/// <summary>The outlines of the configured city, read once from its GeoJSON; drawn without tiles, so that it works without a network.</summary>
public sealed class CityMap
{
    /// <summary>Reads the map of a city pack.</summary>
    /// <exception cref="InvalidDataException">The file is no FeatureCollection of (multi)polygons.</exception>
    public CityMap(CityPack city)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(city.MapFile));
            Areas = [.. document.RootElement.GetProperty("features").EnumerateArray().Select(Read)];
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{city.MapFile}: not a map of outlines: {broken.Message}", broken);
        }
    }

    /// <summary>The outlines.</summary>
    public IReadOnlyList<MapArea> Areas { get; }

    private static MapArea Read(JsonElement feature)
    {
        var geometry = feature.GetProperty("geometry");
        var polygons = geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => [geometry.GetProperty("coordinates")],
            "MultiPolygon" => geometry.GetProperty("coordinates").EnumerateArray().ToList(),
            var other => throw new InvalidOperationException($"geometry {other}"),
        };
        var rings = polygons.SelectMany(polygon => polygon.EnumerateArray()).Select(ring => ring.EnumerateArray().Select(Point).ToList()).ToList();
        var code = feature.TryGetProperty("id", out var id) ? id.ToString() : "";
        return new MapArea(code, feature.GetProperty("properties").GetProperty("name").GetString() ?? "", rings.ConvertAll(ring => (IReadOnlyList<GeoPoint>)ring));
    }

    private static GeoPoint Point(JsonElement pair) => new(pair[1].GetDouble(), pair[0].GetDouble());
}

/// <summary>One outlined division.</summary>
/// <param name="Code">Statistics code, or empty.</param>
/// <param name="Name">Name.</param>
/// <param name="Rings">Outlines.</param>
public sealed record MapArea(string Code, string Name, IReadOnlyList<IReadOnlyList<GeoPoint>> Rings);

/// <summary>A flat drawing of a stretch of land: equal scale in both directions at its middle latitude.</summary>
public sealed class MapSheet
{
    private readonly double _west;
    private readonly double _north;
    private readonly double _scale;
    private readonly double _squeeze;

    /// <summary>Lays out the sheet around some areas.</summary>
    /// <param name="areas">What must be seen whole.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="most">Largest height in pixels.</param>
    public MapSheet(IReadOnlyList<MapArea> areas, double width, double most)
    {
        var points = areas.SelectMany(area => area.Rings).SelectMany(ring => ring).ToList();
        var (south, north) = (points.Min(p => p.Latitude), points.Max(p => p.Latitude));
        var (west, east) = (points.Min(p => p.Longitude), points.Max(p => p.Longitude));
        _squeeze = Math.Cos(double.DegreesToRadians((south + north) / 2));
        var (wide, high) = ((east - west) * _squeeze, north - south);
        const double margin = 0.04;
        _scale = Math.Min(width / (wide * (1 + (2 * margin))), most / (high * (1 + (2 * margin))));
        Width = width;
        Height = Math.Min(most, high * (1 + (2 * margin)) * _scale);
        _west = ((west + east) / 2) - (Width / 2 / _scale / _squeeze);
        _north = ((south + north) / 2) + (Height / 2 / _scale);
    }

    /// <summary>Pixels.</summary>
    public double Width { get; }

    /// <summary>Pixels.</summary>
    public double Height { get; }

    /// <summary>Where a place lies on the sheet.</summary>
    public (double X, double Y) Place(GeoPoint point) => ((point.Longitude - _west) * _squeeze * _scale, (_north - point.Latitude) * _scale);

    /// <summary>The outlines and their names as SVG.</summary>
    /// <param name="areas">All areas; those outside the sheet are cut off by its edge.</param>
    /// <param name="isWanted">Areas that the sheet is about.</param>
    public string Draw(IReadOnlyList<MapArea> areas, Func<MapArea, bool> isWanted)
    {
        var drawing = new StringBuilder();
        foreach (var area in areas) drawing.Append(CultureInfo.InvariantCulture, $"<path class=\"land{(isWanted(area) ? " in" : "")}\" d=\"{Path(area)}\"/>");
        foreach (var area in areas)
        {
            var (x, y) = Middle(area);
            // The name of a neighbour whose middle lies outside would be half a word at the edge.
            if (x < 30 || x > Width - 30 || y < 15 || y > Height - 5) continue;
            drawing.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" style=\"--x:{x:0.#}px;--y:{y:0.#}px\">{WebUtility.HtmlEncode(area.Name)}</text>");
        }

        return drawing.ToString();
    }

    private string Path(MapArea area)
    {
        var path = new StringBuilder();
        foreach (var ring in area.Rings)
        {
            for (var i = 0; i < ring.Count; i++)
            {
                var (x, y) = Place(ring[i]);
                path.Append(i == 0 ? 'M' : 'L').Append(x.ToString("0.#", CultureInfo.InvariantCulture)).Append(' ').Append(y.ToString("0.#", CultureInfo.InvariantCulture));
            }

            path.Append('Z');
        }

        return path.ToString();
    }

    // The middle of the box, for the name.
    private (double X, double Y) Middle(MapArea area)
    {
        var points = area.Rings.SelectMany(ring => ring).ToList();
        return Place(new GeoPoint((points.Min(p => p.Latitude) + points.Max(p => p.Latitude)) / 2, (points.Min(p => p.Longitude) + points.Max(p => p.Longitude)) / 2));
    }
}
