using System.Text.RegularExpressions;
using System.Xml.Linq;
using Anlan.Tests.Boundaries;

namespace Anlan.Tests.Training;

public sealed partial class WordsTests
{
    private static readonly HashSet<string> Keys =
        [.. XDocument.Parse(Repository.Read("src/Training/Words.resx")).Root!.Elements("data").Select(entry => (string)entry.Attribute("name")!)];

    [Fact]
    public void Every_refusal_of_the_module_has_words()
    {
        var codes = Repository.Files("src/Training", ".cs").SelectMany(path => RefusalCode().Matches(Repository.Read(path)).SelectMany(found => found.Groups[1].Captures).Select(key => key.Value)).ToHashSet();

        Assert.NotEmpty(codes);
        Assert.DoesNotContain(codes, code => !Keys.Contains("Refusal." + code));
    }

    [Fact]
    public void Every_word_that_a_page_asks_for_exists()
    {
        var asked = Repository.Files("src/Training", ".razor", ".cs").SelectMany(path => WordKey().Matches(Repository.Read(path)).SelectMany(found => found.Groups[1].Captures).Select(key => key.Value)).ToHashSet();

        // A key that ends in a dot is put together with a value.
        Assert.DoesNotContain(asked, key => key.EndsWith('.') ? !Keys.Any(known => known.StartsWith(key, StringComparison.Ordinal)) : !Keys.Contains(key));
    }

    [GeneratedRegex("""(?:new(?: Refusal)?|Refused)\("(\w+)"|OfField\(\w*"?\w+"?, "(?<1>\w+)"\)|Wrong\("(?:\w+", ")?(?<1>[A-Z]\w+)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex RefusalCode();

    [GeneratedRegex("""L\[(?:\w+ \? )?"([\w.-]+)"(?: : "(?<1>[\w.-]+)")?""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WordKey();
}
