using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.People;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Enterprises.Employments;

/// <summary>Employments within scope, of one enterprise or person or all.</summary>
internal sealed class ListEmployments(EmploymentIndex employments, EnterpriseIndex enterprises, PersonIndex people, CurrentScope scope, PeopleSeen seen, CityCalendar calendar)
{
    /// <param name="PersonName">Masked.</param>
    /// <param name="IsInForce">In force today.</param>
    public sealed record Row(
        Guid Id, Guid Person, string PersonName, Guid Enterprise, string EnterpriseName, BindingKind Kind, DateOnly From, DateOnly? To, bool IsInForce, string? EndReason)
    {
        /// <summary>Ended on its first day: in force on no day.</summary>
        public bool IsVoid => To < From;
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/employments", (Guid? person, Guid? enterprise, bool? inForce, bool? over, ListEmployments slice, int page = 1, int size = 20) => slice.Run(new PageRequest(page, size), person, enterprise, inForce, over))
            .RequirePermission(EnterprisesPermissions.ViewPeople).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Enterprises").WithSummary("List employments");

    /// <param name="request">Page and size.</param>
    /// <param name="person">Only this person's.</param>
    /// <param name="enterprise">Only this enterprise's.</param>
    /// <param name="inForce">Only those in force today, or only the others.</param>
    /// <param name="over">Only those that are over, or only those in force or to come.</param>
    /// <returns>In force first, then the newest.</returns>
    public Page<Row> Run(PageRequest request, Guid? person = null, Guid? enterprise = null, bool? inForce = null, bool? over = null)
    {
        var rows = Found(person, enterprise, inForce, over);
        return new Page<Row>(Show(rows.Skip(request.Skip).Take(request.Take)), rows.Count);
    }

    /// <summary>All of them, for a file.</summary>
    internal IReadOnlyList<Row> All(Guid? person, Guid? enterprise, bool? inForce) => Show(Found(person, enterprise, inForce, null));

    private List<EmploymentEntry> Found(Guid? person, Guid? enterprise, bool? inForce, bool? over)
    {
        var (today, now) = (calendar.Today, scope.Now);
        IEnumerable<EmploymentEntry> found = person is { } p ? employments.Of(new PersonId(p)) : enterprise is { } e ? employments.Of(new EnterpriseId(e)) : enterprises.Within(now).SelectMany(within => employments.Of(within.Id));
        if (enterprise is { } only) found = found.Where(row => row.Enterprise.Value == only);
        return [.. found.Where(row => enterprises.IsWithin(row.Enterprise, now) && (inForce is null || row.IsInForceOn(today) == inForce) && (over is null || !row.IsOpenOn(today) == over))
            .OrderByDescending(row => row.IsInForceOn(today)).ThenByDescending(row => row.From).ThenByDescending(row => row.Id)];
    }

    private List<Row> Show(IEnumerable<EmploymentEntry> rows)
    {
        var (shown, today) = (rows.ToList(), calendar.Today);
        seen.Add(PeopleViews.Employments, shown.Select(row => row.Person.Value));
        return shown.ConvertAll(row => new Row(
            row.Id, row.Person.Value, people.Find(row.Person)?.Facts.MaskedName ?? "", row.Enterprise.Value, enterprises.Find(row.Enterprise)?.Name ?? "", row.Kind, row.From, row.To,
            row.IsInForceOn(today), row.EndReason));
    }
}
