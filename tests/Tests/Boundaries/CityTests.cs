using System.Text.RegularExpressions;

namespace Anlan.Tests.Boundaries;

/// <summary>A city is a folder of configuration: nothing in the code names one.</summary>
public sealed class CityTests
{
    // Spellings that a division file does not contain.
    private static readonly string[] AlsoKnownAs = ["Deqing", "Wuxing", "Nanxun", "Changxing"];

    [Fact]
    public void No_city_is_named_in_code()
    {
        var words = CityWords().Concat(AlsoKnownAs).Select(Regex.Escape).ToList();
        var wanted = new Regex(string.Join('|', words), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

        var found = Repository.Files("src", ".cs", ".razor", ".js", ".css", ".resx", ".json", ".csproj")
            .Where(path => !path.Contains("/Cities/", StringComparison.Ordinal) && Path.GetFileName(path) is not ("packages.lock.json" or "appsettings.json"))
            .SelectMany(path => Repository.Read(path).Split('\n').Select((line, index) => (path, line, number: index + 1)))
            .Where(place => wanted.IsMatch(place.line)).Select(place => $"{place.path}:{place.number}: {place.line.Trim()}");

        Assert.Empty(found);
    }

    /// <summary>Folder names of the city packs, and the codes and names of their prefectures and counties.</summary>
    private static IEnumerable<string> CityWords()
    {
        foreach (var pack in Directory.GetDirectories(Path.Combine(Repository.Root, "src", "Platform", "Host", "Cities")))
        {
            yield return Path.GetFileName(pack);
            foreach (var cells in File.ReadLines(Path.Combine(pack, "divisions.csv")).Skip(1).Select(line => line.Split(',')))
            {
                if (cells[2] is not ("prefecture" or "county")) continue;
                if (cells[2] == "prefecture") yield return $"\"{cells[0]}";
                yield return cells[1].TrimEnd('市', '县', '区');
            }
        }
    }
}
