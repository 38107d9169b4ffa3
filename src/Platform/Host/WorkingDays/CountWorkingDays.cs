using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Time;

namespace Anlan.Host.WorkingDays;

/// <summary>Works out the last day of a term of working days.</summary>
internal sealed class CountWorkingDays(WorkDays days, CityCalendar calendar)
{
    private const int Most = 1_000;

    /// <param name="From">The day on which the term is set off; it does not count.</param>
    /// <param name="Count">Working days.</param>
    /// <param name="Last">The last day of the term.</param>
    public sealed record Term(DateOnly From, int Count, DateOnly Last);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/working-days/after", (DateOnly? from, int count, CountWorkingDays slice) => Task.FromResult(slice.Run(from, count)).ToHttpAsync())
            .RequirePermission(WorkingDaysPermissions.View).Produces<Term>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Everybody).WithTags("Working days").WithSummary("The last day of a term of so many working days after a day (today when left out); refused when it reaches into a year that is not known");

    public Outcome<Term> Run(DateOnly? from, int count)
    {
        if (count is < 1 or > Most) return Refusal.OfField("count", "WorkingDaysCount") with { Measured = FactValue.Count(count), Limit = FactValue.Count(Most) };
        var day = from ?? calendar.Today;
        var last = days.Calendar.After(day, count);
        return last.IsDone ? new Term(day, count, last.Value) : Outcome<Term>.Refused(last.Refusals);
    }
}
