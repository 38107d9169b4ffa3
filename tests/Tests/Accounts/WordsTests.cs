using System.Text.RegularExpressions;
using System.Xml.Linq;
using Anlan.Tests.Boundaries;

namespace Anlan.Tests.Accounts;

public sealed partial class WordsTests
{
    private static readonly HashSet<string> Keys =
        [.. XDocument.Parse(Repository.Read("src/Accounts/Words.resx")).Root!.Elements("data").Select(entry => (string)entry.Attribute("name")!)];

    [Fact]
    public void Every_refusal_of_the_module_has_words()
    {
        var codes = Repository.Files("src/Accounts", ".cs").SelectMany(path => RefusalCode().Matches(Repository.Read(path)).SelectMany(found => found.Groups[1].Captures).Select(key => key.Value)).ToHashSet();

        Assert.NotEmpty(codes);
        Assert.DoesNotContain(codes, code => !Keys.Contains("Refusal." + code));
    }

    [Fact]
    public void Every_word_that_a_page_asks_for_exists()
    {
        var asked = Repository.Files("src/Accounts", ".razor", ".cs").SelectMany(path => WordKey().Matches(Repository.Read(path)).SelectMany(found => found.Groups[1].Captures).Select(key => key.Value)).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, key => !Keys.Contains(key));
    }

    [GeneratedRegex("""(?:new(?: Refusal)?|Refused)\("([A-Z]\w+)"|OfField\(\w*"?\w+"?, "(?<1>\w+)"\)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex RefusalCode();

    [GeneratedRegex("""L\[(?:\w+ \? )?"([\w.-]*\w)"(?: : "(?<1>[\w.-]*\w)")?""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WordKey();
}
