using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Training.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Training.Expiries;

/// <summary>When the certificates within one's scope end in a month: day by day, and by county, town and enterprise. Each figure counts exactly what the list shows for the same filter.</summary>
internal sealed class ShowExpiries(ListCertificates list, CertificateRules rules, IDivisions divisions, CityCalendar calendar)
{
    private const int CountyDigits = 6;
    private const int TownDigits = 9;

    /// <param name="Month">Any day of the month; the present month when null.</param>
    /// <param name="Enterprise">Only of people who work for this enterprise today.</param>
    /// <param name="Division">Only of people who work for an enterprise in this division today.</param>
    public sealed record Request(DateOnly? Month = null, Guid? Enterprise = null, string? Division = null);

    /// <param name="Status">How those who end on this day stand today, the worst of them; a replaced or renewed one ends on another day.</param>
    public sealed record Day(DateOnly Date, int Count, CertificateStatus Status);

    /// <param name="Key">Statistics code, or id of the enterprise.</param>
    public sealed record Place(string Key, string Name, int Count);

    /// <param name="First">First day of the month.</param>
    /// <param name="Last">Its last day.</param>
    /// <param name="Total">Certificates that end in it.</param>
    /// <param name="Days">Days on which any ends, in order.</param>
    /// <param name="Name">Name of the place that was asked for, or null.</param>
    public sealed record Shown(
        DateOnly First, DateOnly Last, int Total, IReadOnlyList<Day> Days, IReadOnlyList<Place> Counties, IReadOnlyList<Place> Towns, IReadOnlyList<Place> Enterprises, string? Name);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/certificates/expiries", (DateOnly? month, Guid? enterprise, string? division, ShowExpiries slice) => slice.Run(new Request(month, enterprise, division)))
            .RequirePermission(TrainingPermissions.View).Produces<Shown>().Scoped(ScopedBy.Records).WithTags("Training").WithSummary("Count the certificates that end in a month, by day, county, town and enterprise");

    public Shown Run(Request request)
    {
        var today = calendar.Today;
        var month = request.Month ?? today;
        var first = new DateOnly(month.Year, month.Month, 1);
        var last = first.AddMonths(1).AddDays(-1);
        var filter = new ListCertificates.Filter(Enterprise: request.Enterprise, Division: request.Division, EndsFrom: first, EndsTo: last);
        var ending = list.Entries(filter);
        var days = from certificate in ending
                   group certificate.StatusOn(today, rules) by rules.EndOf(certificate.Category, certificate.Dates) into day
                   orderby day.Key
                   select new Day(day.Key, day.Count(), day.Max());
        // Whoever works for two counts at both, and once in a town where both are.
        IReadOnlyList<IReadOnlyList<EnterpriseFacts>> employers = [.. ending.Select(certificate => (IReadOnlyList<EnterpriseFacts>)[.. list.EmployersOf(certificate.Person, today)])];
        return new Shown(
            first, last, ending.Count, [.. days],
            Count(employers, employer => Division(employer.Division, CountyDigits)), Count(employers, employer => Division(employer.Division, TownDigits)),
            Count(employers, employer => (employer.Id.Value.ToString(), employer.Name)), list.PlaceOf(filter));
    }

    private (string Key, string Name)? Division(DivisionCode division, int digits) =>
        division.Value.Length >= digits && divisions.Find(new DivisionCode(division.Value[..digits])) is { } found ? (found.Code.Value, found.Name) : null;

    private static IReadOnlyList<Place> Count(IReadOnlyList<IReadOnlyList<EnterpriseFacts>> employers, Func<EnterpriseFacts, (string Key, string Name)?> place) =>
        [.. employers.SelectMany(of => of.Select(place).OfType<(string Key, string Name)>().Distinct()).CountBy(found => found)
            .Select(found => new Place(found.Key.Key, found.Key.Name, found.Value)).OrderByDescending(found => found.Count).ThenBy(found => found.Key, StringComparer.Ordinal)];
}
