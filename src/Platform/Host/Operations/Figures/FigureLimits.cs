using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Figures;
using Microsoft.Extensions.Options;

namespace Anlan.Host.Operations.Figures;

/// <summary>From where on a figure is too much: what people's safety hangs on by the rule book, what only the machine room cares about by the settings.</summary>
internal sealed class FigureLimits(RuleBook book, CityCalendar calendar, IOptions<OperationsOptions> options)
{
    private static readonly Dictionary<string, string> Questions = new(StringComparer.Ordinal) { ["ingest.lag"] = "operations.ingestLag", ["disk.used"] = "operations.diskUsed" };

    /// <summary>What the rule book is asked.</summary>
    public static IReadOnlyList<string> Asked => [.. Questions.Values];

    /// <summary>The limit of today, in the figure's unit.</summary>
    public double Of(Figure figure) => RuleOf(figure) is not { } rule ? options.Value.LimitOf(figure.Key) : figure.Unit == FigureUnit.Seconds ? rule.Span.TotalSeconds : rule.Limit;

    /// <summary>The rule behind it, or null for a setting.</summary>
    public RuleAnswer? RuleOf(Figure figure) => Questions.TryGetValue(figure.Key, out var question) ? book.Demand(question, new RuleCase(calendar.Today)) : null;
}
