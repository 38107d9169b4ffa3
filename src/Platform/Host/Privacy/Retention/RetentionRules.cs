using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Retention;

namespace Anlan.Host.Privacy.Retention;

/// <summary>How long each kind of records is kept: the longest term of all rules that apply.</summary>
internal sealed class RetentionRules(RuleBook book, CityCalendar calendar)
{
    /// <summary>What is asked of the book for a kind.</summary>
    public static string QuestionOf(string key) => "keep." + key;

    public RuleAnswer Of(IRetainedRecords kind, DateOnly today) => book.Demand(QuestionOf(kind.Key), new RuleCase(today));

    /// <summary>What ended before this moment is past its term on a day.</summary>
    public DateTimeOffset BeforeOn(IRetainedRecords kind, DateOnly today) => calendar.StartOf(today.AddDays(-(int)Of(kind, today).Limit));
}
