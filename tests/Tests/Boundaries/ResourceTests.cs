using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Anlan.Tests.Boundaries;

/// <summary>Chinese and English say the same things: same keys, same placeholders, nothing empty.</summary>
public sealed partial class ResourceTests
{
    private static IEnumerable<string> Neutral => Repository.Files("src", ".resx").Where(path => !path.EndsWith(".en.resx", StringComparison.Ordinal));

    [Fact]
    public void Every_text_exists_in_Chinese_and_in_English()
    {
        foreach (var path in Neutral)
        {
            var english = Path.ChangeExtension(path, ".en.resx");
            Assert.True(File.Exists(Path.Combine(Repository.Root, english)), $"{english} is missing.");

            Assert.Equal(Words(path).Keys.Order(StringComparer.Ordinal), Words(english).Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_text_takes_the_same_values_in_both_languages()
    {
        var unlike = from path in Neutral
                     let english = Words(Path.ChangeExtension(path, ".en.resx"))
                     from word in Words(path)
                     where english.ContainsKey(word.Key) && !Placeholders(word.Value).SetEquals(Placeholders(english[word.Key]))
                     select $"{path}: {word.Key}";

        Assert.Empty(unlike);
    }

    [Fact]
    public void No_text_is_empty_and_English_holds_no_Chinese()
    {
        var wrong = from path in Repository.Files("src", ".resx")
                    let isEnglish = path.EndsWith(".en.resx", StringComparison.Ordinal)
                    from word in Words(path)
                    where word.Value.Length == 0 || (isEnglish && Han().IsMatch(word.Value))
                    select $"{path}: {word.Key}";

        Assert.Empty(wrong);
    }

    private static Dictionary<string, string> Words(string path) => XDocument.Parse(Repository.Read(path)).Root!.Elements("data")
        .ToDictionary(entry => (string)entry.Attribute("name")!, entry => (string?)entry.Element("value") ?? "", StringComparer.Ordinal);

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(found => found.Groups[1].Value)];

    [GeneratedRegex(@"\{(\d+)[^}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[\u3400-\u9fff]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Han();
}
