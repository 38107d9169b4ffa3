using System.Text.Json;
using System.Text.RegularExpressions;
using Anlan.Kernel.Rules;

namespace Anlan.Toolkit.Rules;

/// <summary>What one or more rule files say, before the book is checked as a whole.</summary>
internal sealed partial class RuleFileReader(IReadOnlyCollection<string> asked)
{
    public List<RuleArea> Areas { get; } = [];

    public List<RuleQuestion> Questions { get; } = [];

    public List<Rule> Rules { get; } = [];

    public List<Jurisdiction> Jurisdictions { get; } = [];

    public List<RuleFault> Faults { get; } = [];

    public void Read(RuleSource source)
    {
        try
        {
            using var document = JsonDocument.Parse(source.Json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            Read(source, document.RootElement);
        }
        catch (JsonException broken)
        {
            Faults.Add(new RuleFault(source.Name, null, null, $"is no JSON, line {broken.LineNumber + 1}: {broken.Message}"));
        }
    }

    private void Read(RuleSource source, JsonElement root)
    {
        var file = new RuleEntry(source.Name, root, "area", "the file", Faults);
        var area = "";
        if (source.IsBuiltIn)
        {
            area = file.Text("area");
            Areas.Add(new RuleArea(area, Chinese(file, "titleZh"), English(file, "titleEn")));
            Each(source, file, "questions", "key", entry => Questions.Add(QuestionOf(entry, area)));
        }

        Each(source, file, "jurisdictions", "code", entry => Jurisdictions.Add(new Jurisdiction(CodeOf(entry, "code"), Chinese(entry, "nameZh"), English(entry, "nameEn"))));
        Each(source, file, "rules", "id", entry => AddRule(entry, source.Name));
        file.RefuseStrangers();
    }

    private void Each(RuleSource source, RuleEntry file, string field, string nameField, Action<RuleEntry> read)
    {
        var number = 0;
        foreach (var element in file.Entries(field))
        {
            var entry = new RuleEntry(source.Name, element, nameField, $"{field} no. {++number}", Faults);
            read(entry);
            entry.RefuseStrangers();
        }
    }

    private RuleQuestion QuestionOf(RuleEntry entry, string area)
    {
        var key = entry.Text("key");
        var senseText = entry.Text("sense");
        var isSense = Enum.TryParse<RuleSense>(senseText, ignoreCase: true, out var sense);
        if (!isSense && senseText.Length > 0) entry.Fault("sense", $"is none of must, atMost, atLeast: {senseText}.");
        var unit = UnitOf(entry);
        if (isSense && sense != RuleSense.Must && unit is null) entry.Fault("unit", "is missing.");
        if (isSense && sense == RuleSense.Must && unit is not null) entry.Fault("unit", "must not be given: the question has no number.");
        var dates = entry.Words("dates");
        return new RuleQuestion
        {
            Key = key,
            Area = area,
            TitleZh = Chinese(entry, "titleZh"),
            TitleEn = English(entry, "titleEn"),
            Sense = sense,
            Unit = unit,
            Dates = dates.Count > 0 ? dates : [RuleQuestion.Today],
            Subjects = entry.Words("subjects"),
            IsRequired = entry.Flag("required"),
            IsAsked = asked.Contains(key),
        };
    }

    private void AddRule(RuleEntry entry, string file)
    {
        var (from, to) = (entry.RequiredDay("from"), entry.Day("to"));
        if (to < from) entry.Fault("to", $"lies before from ({from:yyyy-MM-dd}).");
        var id = entry.Text("id");
        if (id.Length > 0 && !IdPattern().IsMatch(id)) entry.Fault("id", "may hold capital letters, digits and single dashes only, 40 at most.");
        var isUnconfirmed = entry.Flag("unconfirmed");
        var clauseZh = entry.OptionalText("clauseZh");
        var clauseEn = EnglishOrNull(entry, "clauseEn");
        if (clauseZh is null && !isUnconfirmed) entry.Fault("clauseZh", "is missing; only an unconfirmed rule may lack its clause.");
        if (clauseZh is null != clauseEn is null) entry.Fault("clauseEn", "and clauseZh belong together.");
        var rule = new Rule
        {
            Id = id,
            Question = entry.Text("question"),
            Jurisdiction = CodeOf(entry, "jurisdiction"),
            TitleZh = Chinese(entry, "titleZh"),
            TitleEn = English(entry, "titleEn"),
            SourceZh = Chinese(entry, "sourceZh"),
            SourceEn = English(entry, "sourceEn"),
            ClauseZh = clauseZh,
            ClauseEn = clauseEn,
            Limit = entry.Number("limit"),
            Unit = UnitOf(entry),
            JudgedOn = entry.OptionalText("judgedOn") ?? "",
            AppliesTo = entry.Words("appliesTo"),
            From = from,
            To = to,
            IsUnconfirmed = isUnconfirmed,
            NoteZh = entry.OptionalText("noteZh"),
            NoteEn = EnglishOrNull(entry, "noteEn"),
            File = file,
        };
        if (rule.NoteZh is null != rule.NoteEn is null) entry.Fault("noteEn", "and noteZh belong together.");
        Rules.Add(rule);
    }

    private static string CodeOf(RuleEntry entry, string field)
    {
        var code = entry.Text(field);
        if (code.Length > 0 && !Jurisdiction.IsValid(code)) entry.Fault(field, $"is none of {Jurisdiction.Platform}, {Jurisdiction.National} and no statistics code of 2, 4, 6, 9 or 12 digits: {code}.");
        return code;
    }

    private static string? UnitOf(RuleEntry entry)
    {
        var unit = entry.OptionalText("unit");
        if (unit is not null && !RuleUnits.All.Contains(unit)) entry.Fault("unit", $"is none of {string.Join(", ", RuleUnits.All)}: {unit}.");
        return unit;
    }

    private static string Chinese(RuleEntry entry, string field)
    {
        var text = entry.Text(field);
        if (text.Length > 0 && !Han().IsMatch(text)) entry.Fault(field, $"holds no Chinese: {text}.");
        return text;
    }

    private static string English(RuleEntry entry, string field) => EnglishText(entry, field, entry.Text(field));

    private static string? EnglishOrNull(RuleEntry entry, string field) => entry.OptionalText(field) is { } text ? EnglishText(entry, field, text) : null;

    private static string EnglishText(RuleEntry entry, string field, string text)
    {
        if (Han().IsMatch(text)) entry.Fault(field, $"holds Chinese: {text}.");
        return text;
    }

    [GeneratedRegex("^(?=.{3,40}$)[A-Z0-9]+(-[A-Z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"[\u3400-\u9fff]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Han();
}
