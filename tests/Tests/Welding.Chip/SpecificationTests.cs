using System.Text.RegularExpressions;
using Anlan.Tests.Boundaries;

namespace Anlan.Tests.Welding.Chip;

/// <summary>The specification and the tests hold each other: no requirement without a test, no test for a requirement that does not exist.</summary>
public sealed partial class SpecificationTests
{
    private const string Document = "docs/protocols/welding-chip.md";
    private const string Examples = "tests/Tests/Welding.Chip/Examples";

    /// <summary>Carried by server tests, still to come. Remove a number here when its test exists.</summary>
    private static readonly string[] StillToCome =
    ["CHIP-CONFIG-08"];

    private static List<string> Required => [.. Number().Matches(Repository.Read(Document)).Select(found => found.Groups[1].Value)];

    private static HashSet<string> Carried => [.. typeof(SpecificationTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Cast<System.Reflection.MemberInfo>().Append(type))
        .SelectMany(member => member.GetCustomAttributes(typeof(TraitAttribute), inherit: true).Cast<TraitAttribute>())
        .SelectMany(trait => trait.GetTraits()).Where(trait => trait.Key == "Requirement" && trait.Value.StartsWith("CHIP-", StringComparison.Ordinal)).Select(trait => trait.Value)];

    [Fact]
    public void Every_requirement_is_carried_by_a_test() => Assert.Empty(Required.Except(Carried));

    [Fact]
    public void Every_number_on_a_test_is_a_requirement() => Assert.Empty(Carried.Except(Required));

    [Fact]
    public void A_number_is_given_once_and_numbers_have_no_gaps()
    {
        Assert.Equal(Required.Distinct(), Required);
        foreach (var group in Required.GroupBy(number => number[..^3]))
        {
            Assert.Equal(Enumerable.Range(1, group.Count()).Select(index => $"{group.Key}-{index:00}"), group.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_link_leads_to_a_file_and_every_example_is_linked()
    {
        var linked = Link().Matches(Repository.Read(Document)).Select(found => found.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.All(linked, target => Assert.True(Path.Exists(Path.Combine(Repository.Root, target)), target));
        Assert.Empty(Repository.Files(Examples).Where(path => !path.StartsWith(Examples + "/malformed/", StringComparison.Ordinal)).Except(linked));
        Assert.Contains(Examples + "/malformed", linked);
    }

    [Fact]
    public void The_openssl_recipe_in_the_document_is_the_one_that_the_tests_run()
    {
        var script = Repository.Read(Examples + "/verify-grant.sh");

        Assert.Contains(script[script.IndexOf("set -eu", StringComparison.Ordinal)..], Repository.Read(Document), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| \*\*(CHIP-[A-Z]+-\d\d)\*\* \|", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\]\(\.\./\.\./([^)#]+)\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Link();
}
