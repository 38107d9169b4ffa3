using Anlan.Kernel.Divisions;

namespace Anlan.Kernel.Rules;

/// <summary>
/// The rule book: every version of every rule, and the answer to what they demand in a case. Pure; it does not change while the program
/// runs, so what is asked often may be asked once a day and kept.
/// </summary>
public sealed class RuleBook
{
    private readonly Dictionary<string, RuleQuestion> _questions;
    private readonly Dictionary<string, Rule[]> _byQuestion;
    private readonly Dictionary<string, Rule[]> _byId;
    private readonly Dictionary<string, Jurisdiction> _jurisdictions;
    private readonly DivisionCode? _home;

    /// <summary>A book of checked rules.</summary>
    /// <param name="areas">The chapters, in their order.</param>
    /// <param name="questions">What can be asked.</param>
    /// <param name="rules">All versions of all rules; each answers one of the questions.</param>
    /// <param name="jurisdictions">Names of the jurisdictions that rules name.</param>
    /// <param name="home">The city of the installation: the place of cases that name none.</param>
    public RuleBook(IEnumerable<RuleArea> areas, IEnumerable<RuleQuestion> questions, IEnumerable<Rule> rules, IEnumerable<Jurisdiction> jurisdictions, DivisionCode? home)
    {
        Areas = [.. areas];
        _questions = questions.ToDictionary(question => question.Key, StringComparer.Ordinal);
        All = [.. rules.OrderBy(rule => rule.Id, StringComparer.Ordinal).ThenBy(rule => rule.From)];
        _byQuestion = All.GroupBy(rule => rule.Question, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _byId = All.GroupBy(rule => rule.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _jurisdictions = jurisdictions.ToDictionary(jurisdiction => jurisdiction.Code, StringComparer.Ordinal);
        _home = home;
    }

    /// <summary>The chapters.</summary>
    public IReadOnlyList<RuleArea> Areas { get; }

    /// <summary>Every version of every rule, by id and age.</summary>
    public IReadOnlyList<Rule> All { get; }

    /// <summary>Everything that can be asked.</summary>
    public IReadOnlyCollection<RuleQuestion> Questions => _questions.Values;

    /// <summary>The jurisdictions that rules name, by rank.</summary>
    public IReadOnlyList<Jurisdiction> Jurisdictions =>
        [.. All.Select(rule => rule.Jurisdiction).Distinct(StringComparer.Ordinal).OrderBy(Jurisdiction.RankOf).ThenBy(code => code, StringComparer.Ordinal).Select(JurisdictionOf)];

    /// <summary>The question of a key.</summary>
    /// <exception cref="KeyNotFoundException">The book has no such question: a bug of whoever asks.</exception>
    public RuleQuestion QuestionOf(string key) => _questions.TryGetValue(key, out var question) ? question : throw new KeyNotFoundException($"The rule book has no question {key}.");

    /// <summary>A jurisdiction by its code; one without a name is called by its code.</summary>
    public Jurisdiction JurisdictionOf(string code) => _jurisdictions.GetValueOrDefault(code) ?? new Jurisdiction(code, code, code);

    /// <summary>All versions of a rule, the oldest first; empty for an unknown id.</summary>
    public IReadOnlyList<Rule> VersionsOf(string id) => _byId.GetValueOrDefault(id, []);

    /// <summary>The version of a rule that is in force on a day; else the newest before it, else the first to come. Null for an unknown id.</summary>
    public Rule? Find(string? id, DateOnly on)
    {
        if (id is null || !_byId.TryGetValue(id, out var versions)) return null;
        return Array.Find(versions, version => version.IsInForceOn(on)) ?? Array.FindLast(versions, version => version.From <= on) ?? versions[0];
    }

    /// <summary>Every version of every rule that answers a question.</summary>
    public IReadOnlyList<Rule> AnswersTo(string question) => _byQuestion.TryGetValue(QuestionOf(question).Key, out var rules) ? rules : [];

    /// <summary>True when a rule's jurisdiction holds at a place; null is the city as a whole.</summary>
    public bool Covers(Rule rule, DivisionCode? place) => Jurisdiction.Covers(rule.Jurisdiction, place ?? _home);

    /// <summary>Every rule that applies to a case, the strictest first; null when none does.</summary>
    public RuleAnswer? Ask(string question, RuleCase about)
    {
        var asked = QuestionOf(question);
        List<AppliedRule>? applied = null;
        foreach (var rule in AnswersTo(question))
        {
            if (!rule.Concerns(about.Subject) || !Covers(rule, about.Place)) continue;
            var day = about.DayOf(rule.JudgedOn);
            if (rule.IsInForceOn(day)) (applied ??= []).Add(new AppliedRule(rule, day));
        }

        if (applied is null) return null;
        applied.Sort((left, right) => Compare(asked.Sense, left.Rule, right.Rule));
        return new RuleAnswer(asked, applied);
    }

    /// <summary>The answer to a question that must have one.</summary>
    /// <exception cref="InvalidOperationException">No rule answers it on these dates; nothing may be decided then.</exception>
    public RuleAnswer Demand(string question, RuleCase about) =>
        Ask(question, about) ?? throw new InvalidOperationException($"No rule answers {question} on {about.Today:yyyy-MM-dd}.");

    /// <summary>The rules in force on a day.</summary>
    public IReadOnlyList<Rule> InForceOn(DateOnly day) => [.. All.Where(rule => rule.IsInForceOn(day))];

    /// <summary>What changes after a day, up to and with another one, by day.</summary>
    public IReadOnlyList<RuleChange> ChangesBetween(DateOnly after, DateOnly upTo)
    {
        var changes = new List<RuleChange>();
        foreach (var versions in _byId.Values)
        {
            for (var i = 0; i < versions.Length; i++)
            {
                var (rule, before) = (versions[i], i > 0 && versions[i - 1].To?.AddDays(1) == versions[i].From ? versions[i - 1] : null);
                changes.Add(new RuleChange(rule.From, before is null ? RuleChangeKind.Begins : RuleChangeKind.Changes, before, rule));
                var isFollowed = i + 1 < versions.Length && rule.To?.AddDays(1) == versions[i + 1].From;
                if (rule.To is { } last && !isFollowed) changes.Add(new RuleChange(last.AddDays(1), RuleChangeKind.Ends, rule, null));
            }
        }

        return [.. changes.Where(change => change.Day > after && change.Day <= upTo).OrderBy(change => change.Day).ThenBy(change => change.Rule.Question, StringComparer.Ordinal).ThenBy(change => change.Kind)];
    }

    // No limit demands nothing and so comes last; among equals the higher law speaks first.
    private static int Compare(RuleSense sense, Rule left, Rule right)
    {
        var strictness = (left.Limit, right.Limit) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            ({ } one, { } other) => sense == RuleSense.AtLeast ? other.CompareTo(one) : one.CompareTo(other),
        };
        if (strictness != 0) return strictness;
        var rank = Jurisdiction.RankOf(left.Jurisdiction).CompareTo(Jurisdiction.RankOf(right.Jurisdiction));
        return rank != 0 ? rank : string.CompareOrdinal(left.Id, right.Id);
    }
}
