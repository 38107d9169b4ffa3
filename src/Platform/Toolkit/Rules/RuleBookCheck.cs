using Anlan.Kernel.Divisions;
using Anlan.Kernel.Rules;

namespace Anlan.Toolkit.Rules;

/// <summary>Checks what no single entry shows: that questions exist, units agree, versions do not overlap, and what must be answered is answered on every day.</summary>
internal static class RuleBookCheck
{
    public static void Check(RuleFileReader read, IReadOnlyCollection<string> asked, DivisionCode? home)
    {
        var questions = new Dictionary<string, RuleQuestion>(StringComparer.Ordinal);
        foreach (var question in read.Questions)
        {
            if (!questions.TryAdd(question.Key, question)) read.Faults.Add(new RuleFault($"area {question.Area}", question.Key, "key", "is the key of another question too."));
        }

        for (var i = 0; i < read.Rules.Count; i++)
        {
            var rule = read.Rules[i];
            if (!questions.TryGetValue(rule.Question, out var question))
            {
                if (rule.Question.Length > 0) Fault(read, rule, "question", $"is not known: {rule.Question}. Known are {string.Join(", ", questions.Keys.Order(StringComparer.Ordinal))}.");
                continue;
            }

            if (rule.JudgedOn.Length == 0) read.Rules[i] = rule = rule with { JudgedOn = question.Dates[0] };
            CheckAgainst(read, rule, question);
            if (home is not null && !IsOnTheWay(rule.Jurisdiction, home.Value)) Fault(read, rule, "jurisdiction", $"{rule.Jurisdiction} neither holds {home} nor lies in it: the rule would never apply here.");
        }

        CheckVersions(read);
        foreach (var key in asked.Where(key => !questions.ContainsKey(key))) read.Faults.Add(new RuleFault("the rule book", key, null, "is asked by the program, but no file has this question."));
        if (read.Faults.Count == 0)
        {
            foreach (var question in questions.Values.Where(question => question.IsRequired)) CheckCoverage(read, question);
        }
    }

    private static void CheckAgainst(RuleFileReader read, Rule rule, RuleQuestion question)
    {
        if (rule.Unit != question.Unit && !(rule is { Limit: null, Unit: null })) Fault(read, rule, "unit", $"is {rule.Unit ?? "missing"}; {question.Key} is answered in {question.Unit ?? "no unit"}.");
        if (question.Sense == RuleSense.Must && rule.Limit is not null) Fault(read, rule, "limit", $"must not be given: {question.Key} has no number.");
        if (question is { Sense: not RuleSense.Must, IsRequired: true } && rule.Limit is null) Fault(read, rule, "limit", $"is missing: {question.Key} needs a number.");
        if (!question.Dates.Contains(rule.JudgedOn)) Fault(read, rule, "judgedOn", $"is none of {string.Join(", ", question.Dates)}: {rule.JudgedOn}.");
        foreach (var stranger in rule.AppliesTo.Where(subject => !question.Subjects.Contains(subject)))
        {
            Fault(read, rule, "appliesTo", question.Subjects.Count == 0 ? $"must be empty: {question.Key} has no subjects." : $"{stranger} is none of {string.Join(", ", question.Subjects)}.");
        }
    }

    private static void CheckVersions(RuleFileReader read)
    {
        foreach (var versions in read.Rules.Where(rule => rule.Id.Length > 0).GroupBy(rule => rule.Id, StringComparer.Ordinal))
        {
            Rule? before = null;
            foreach (var version in versions.OrderBy(rule => rule.From))
            {
                if (before is not null && version.Jurisdiction != before.Jurisdiction) Fault(read, version, "jurisdiction", $"is {version.Jurisdiction}, but {before.Jurisdiction} in {before.File}; another jurisdiction's rule needs an id of its own.");
                if (before is not null && version.Question != before.Question) Fault(read, version, "question", $"is {version.Question}, but {before.Question} in {before.File}; an id answers one question.");
                if (before is not null && !(before.To < version.From)) Fault(read, version, "from", $"{version.From:yyyy-MM-dd} lies within the version from {before.From:yyyy-MM-dd} to {before.To?.ToString("yyyy-MM-dd", null) ?? "…"} in {before.File}.");
                before = version;
            }
        }
    }

    /// <summary>From the first day on that anything answers it, some rule that holds everywhere and for everything must answer.</summary>
    private static void CheckCoverage(RuleFileReader read, RuleQuestion question)
    {
        var general = read.Rules.Where(rule => rule.Question == question.Key && rule.AppliesTo.Count == 0 && rule.Jurisdiction is Jurisdiction.National or Jurisdiction.Platform && rule.JudgedOn == question.Dates[0])
            .OrderBy(rule => rule.From).ToList();
        DateOnly? next = general.Count > 0 ? general[0].From : null;
        var isEndless = false;
        foreach (var rule in general)
        {
            if (isEndless || rule.From > next) break;
            if (rule.To is not { } last) isEndless = true;
            else if (last >= next) next = last.AddDays(1);
        }

        if (!isEndless) read.Faults.Add(new RuleFault("the rule book", question.Key, null, next is { } gap ? $"has no answer on {gap:yyyy-MM-dd}; work that needs one would stop." : "has no answer at all."));
    }

    private static bool IsOnTheWay(string code, DivisionCode home) =>
        code is Jurisdiction.National or Jurisdiction.Platform || !DivisionCode.IsValid(code) || home.IsWithin(new DivisionCode(code)) || new DivisionCode(code).IsWithin(home);

    private static void Fault(RuleFileReader read, Rule rule, string field, string message) => read.Faults.Add(new RuleFault(rule.File, rule.Id, field, message));
}
