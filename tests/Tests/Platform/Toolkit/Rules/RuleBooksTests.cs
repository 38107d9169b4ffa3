using Anlan.Host;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Rules;
using Anlan.Toolkit.Rules;

namespace Anlan.Tests.Platform.Toolkit.Rules;

/// <summary>What the program, a city and an operator write into rule files, and what is said when it is wrong.</summary>
public sealed class RuleBooksTests
{
    private const string Sound =
        """
        "id": "T-1", "question": "welding.lease", "jurisdiction": "9905", "titleZh": "授权", "titleEn": "Lease", "sourceZh": "通知", "sourceEn": "Notice",
        "clauseZh": "第 1 条", "clauseEn": "clause 1", "limit": 600, "unit": "s", "from": "2026-01-01"
        """;

    [Fact]
    public void A_city_may_tighten_a_rule_by_a_file_and_the_platforms_own_is_named_beside_it()
    {
        var answer = Book("{ \"rules\": [ {" + Sound + "} ] }").Demand("welding.lease", new RuleCase(new DateOnly(2026, 6, 10)));

        Assert.Equal(["T-1", "WELD-LEASE"], answer.Rules.Select(applied => applied.Rule.Id));
        Assert.Equal(TimeSpan.FromMinutes(10), answer.Span);
    }

    [Theory]
    [InlineData("\"limit\": 600", "\"limit\": \"600\"", "limit")]
    [InlineData("\"limit\": 600, ", "", "limit")]
    [InlineData("\"unit\": \"s\"", "\"unit\": \"min\"", "unit")]
    [InlineData("\"unit\": \"s\"", "\"unit\": \"fortnight\"", "unit")]
    [InlineData("welding.lease", "welding.leese", "question")]
    [InlineData("\"9905\"", "\"Huzhou\"", "jurisdiction")]
    [InlineData("\"9905\"", "\"9801\"", "jurisdiction")] // another city's
    [InlineData("2026-01-01", "1.1.2026", "from")]
    [InlineData("\"from\": \"2026-01-01\"", "\"from\": \"2026-01-01\", \"to\": \"2025-12-31\"", "to")]
    [InlineData("\"from\": \"2026-01-01\"", "\"from\": \"2026-01-01\", \"judgedOn\": \"issuedOn\"", "judgedOn")]
    [InlineData("\"from\": \"2026-01-01\"", "\"from\": \"2026-01-01\", \"appliesTo\": [\"steam\"]", "appliesTo")]
    [InlineData("\"from\": \"2026-01-01\"", "\"from\": \"2026-01-01\", \"limits\": 3", "limits")]
    [InlineData("\"T-1\"", "\"t 1\"", "id")]
    [InlineData("\"clauseZh\": \"第 1 条\", ", "", "clauseZh")]
    [InlineData("\"titleEn\": \"Lease\"", "\"titleEn\": \"授权\"", "titleEn")]
    [InlineData("\"titleZh\": \"授权\"", "\"titleZh\": \"Lease\"", "titleZh")]
    public void A_fault_is_told_with_file_rule_and_field(string right, string wrong, string field)
    {
        var refused = Assert.Throws<RuleBookException>(() => Book("{ \"rules\": [ {" + Sound.Replace(right, wrong, StringComparison.Ordinal) + "} ] }"));

        Assert.Contains(refused.Faults, fault => fault.File == "file-1.json" && fault.Field == field && fault.Entry is not null);
        Assert.All(refused.Faults, fault => Assert.Contains(fault.ToString(), refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_of_all_files_are_told_at_once()
    {
        var refused = Assert.Throws<RuleBookException>(() => Book("{", "{ \"rules\": [ { \"id\": \"T-2\" } ] }"));

        Assert.Contains(refused.Faults, fault => fault.File == "file-1.json" && fault.Message.Contains("line 1", StringComparison.Ordinal));
        Assert.Contains(refused.Faults, fault => fault.File == "file-2.json" && fault is { Entry: "T-2", Field: "question" });
        Assert.Contains(refused.Faults, fault => fault.File == "file-2.json" && fault is { Entry: "T-2", Field: "from" });
    }

    [Fact]
    public void Two_versions_of_a_rule_may_not_hold_on_the_same_day()
    {
        var refused = Assert.Throws<RuleBookException>(() => Book("{ \"rules\": [ {" + Sound + "}, {" + Sound.Replace("2026-01-01", "2027-01-01", StringComparison.Ordinal) + "} ] }"));

        Assert.Equal("from", Assert.Single(refused.Faults).Field);
    }

    [Fact]
    public void Only_an_unconfirmed_rule_may_lack_its_clause()
    {
        var bare = Sound.Replace("\"clauseZh\": \"第 1 条\", \"clauseEn\": \"clause 1\"", "\"unconfirmed\": true", StringComparison.Ordinal);

        var rule = Book("{ \"rules\": [ {" + bare + "} ] }").Find("T-1", new DateOnly(2026, 6, 10))!;

        Assert.Equal((true, null), (rule.IsUnconfirmed, rule.ClauseZh));
    }

    [Fact]
    public void The_rule_files_of_every_city_pack_can_be_used()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Boundaries.Repository.Root, "src/Platform/Host/Cities")))
        {
            var city = Anlan.Toolkit.City.CityPack.Load(folder);

            var book = RuleBooks.Read([.. RuleSource.OfModules(HostApplication.Modules.Assemblies), .. RuleSource.InFolder(Path.Combine(folder, RuleBooks.Folder))], [], new DivisionCode(city.Division));

            Assert.NotEmpty(book.All);
        }
    }

    private static RuleBook Book(params string[] files) => Books.Of("9905", files);
}
