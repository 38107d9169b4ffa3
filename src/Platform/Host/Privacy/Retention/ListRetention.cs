using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Retention;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.Retention;

/// <summary>Every kind of records with its rule, its oldest record and what the next night will delete.</summary>
internal sealed class ListRetention(AnlanDb db, IEnumerable<IRetainedRecords> kinds, RetentionRules rules, CityCalendar calendar)
{
    /// <param name="Kind">Key of the kind.</param>
    /// <param name="Days">For how many days it is kept.</param>
    /// <param name="Rules">Ids of the rules that apply, the deciding one first.</param>
    /// <param name="RuleOn">The day on which they were judged.</param>
    /// <param name="Count">All rows.</param>
    /// <param name="Oldest">The oldest one that has ended.</param>
    /// <param name="Due">What the next night deletes.</param>
    /// <param name="HeldBack">What is past its term and kept by a hold.</param>
    /// <param name="LastRunAt">When the last night's work ended; null before the first.</param>
    /// <param name="LastDeleted">How many went then.</param>
    public sealed record Row(string Kind, int Days, IReadOnlyList<string> Rules, DateOnly RuleOn, int Count, DateTimeOffset? Oldest, int Due, int HeldBack, DateTimeOffset? LastRunAt, int LastDeleted);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/retention", (ListRetention slice, CancellationToken stop) => slice.RunAsync(stop))
            .RequirePermission(PrivacyPermissions.ViewRetention).Scoped(ScopedBy.Installation).WithTags("Privacy").WithSummary("For how long each kind of records is kept, by which rule, and what the next night deletes");

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken stop)
    {
        var (runs, held, next) = (await db.Set<RetentionRun>().AsNoTracking().ToDictionaryAsync(r => r.Kind, stop), await LegalHold.NowAsync(db, stop), calendar.Today.AddDays(1));
        List<Row> rows = [];
        foreach (var kind in kinds)
        {
            var (answer, standing) = (rules.Of(kind, next), await kind.LookAsync(db, rules.BeforeOn(kind, next), held, stop));
            var run = runs.GetValueOrDefault(kind.Key);
            rows.Add(new Row(kind.Key, (int)answer.Limit, [.. answer.Rules.Select(applied => applied.Rule.Id)], answer.Rules[0].On, standing.All, standing.Oldest, standing.Due, standing.HeldBack, run?.At, run?.Deleted ?? 0));
        }

        return rows;
    }
}
