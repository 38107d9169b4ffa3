using System.Text.Json;

namespace Anlan.Toolkit.City;

/// <summary>The configured city: names, time zone, division and map files. No city is named in code.</summary>
public sealed class CityPack
{
    /// <summary>Name in Chinese.</summary>
    public required string NameZh { get; init; }

    /// <summary>Name in English.</summary>
    public required string NameEn { get; init; }

    /// <summary>Statistics code of the city: the top of the pages' scope.</summary>
    public required string Division { get; init; }

    /// <summary>IANA time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Telephone of the duty desk, shown in the navigation's foot; null hides it.</summary>
    public string? DutyTelephone { get; init; }

    /// <summary>Telephone printed on machine labels and shown to whoever finds a machine; null hides it.</summary>
    public string? Hotline { get; init; }

    /// <summary>Folder of the pack.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>The division list: code,name,level,parent.</summary>
    public string DivisionsFile => Path.Combine(Folder, "divisions.csv");

    /// <summary>The map: a GeoJSON FeatureCollection with a <c>name</c> per feature.</summary>
    public string MapFile => Path.Combine(Folder, "map.geojson");

    /// <summary>The time zone.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>Reads a pack.</summary>
    /// <exception cref="InvalidDataException">The folder or a file is missing or broken; the message says which.</exception>
    public static CityPack Load(string folder)
    {
        var file = Path.Combine(folder, "city.json");
        if (!File.Exists(file)) throw new InvalidDataException($"City pack: {file} does not exist.");
        try
        {
            var pack = JsonSerializer.Deserialize<CityPack>(File.ReadAllText(file), JsonSerializerOptions.Web) ?? throw new JsonException("empty");
            pack.Folder = Path.GetFullPath(folder);
            foreach (var needed in new[] { pack.DivisionsFile, pack.MapFile })
            {
                if (!File.Exists(needed)) throw new InvalidDataException($"City pack: {needed} does not exist.");
            }

            _ = pack.Zone;
            return pack;
        }
        catch (Exception broken) when (broken is JsonException or TimeZoneNotFoundException)
        {
            throw new InvalidDataException($"City pack: {file}: {broken.Message}", broken);
        }
    }
}
