using Anlan.Enterprises.Divisions;
using Anlan.Enterprises.Employments;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Enterprises.Registry;

/// <summary>Enterprises within reach.</summary>
internal sealed class ListEnterprises(EnterpriseIndex index, EmploymentIndex employments, DivisionTree divisions, Reach reach, CityCalendar calendar)
{
    /// <param name="Division">Only enterprises inside this division.</param>
    /// <param name="Kind">Only this kind.</param>
    /// <param name="Active">Only active ones, or only closed ones.</param>
    public sealed record Filter(string? Division = null, EnterpriseKind? Kind = null, bool? Active = null);

    /// <param name="People">Number of people bound today.</param>
    public sealed record Row(
        Guid Id, string Name, string? CreditCode, EnterpriseKind Kind, string Division, string DivisionName, string? Address, bool IsActive, DateOnly? ClosedOn, int People, DateTimeOffset RegisteredAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/enterprises", (string? search, string? sort, string? division, string? kind, bool? active, ListEnterprises slice, int page = 1, int size = 20) =>
                EnumQuery.TryRead<EnterpriseKind>(kind, out var wanted)
                    ? Results.Ok(slice.Run(new PageRequest(page, size, search, sort), new Filter(division, wanted, active)))
                    : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(EnterprisesPermissions.View).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).WithTags("Enterprises")
            .WithSummary("List enterprises; search by name or credit code");

    /// <summary>Sort keys: <c>name</c> (default), <c>division</c>, <c>people</c>, <c>registeredAt</c>.</summary>
    public Page<Row> Run(PageRequest request, Filter filter)
    {
        var found = Find(request, filter);
        return new Page<Row>([.. found.Skip(request.Skip).Take(request.Take).Select(ToRow)], found.Count);
    }

    /// <summary>All that match, for an export.</summary>
    public IReadOnlyList<Row> All(PageRequest request, Filter filter) => [.. Find(request, filter).Select(ToRow)];

    /// <summary>Number of enterprises within reach, whatever the filter.</summary>
    public int Count() => index.All.Count(e => reach.Includes(e.Id));

    private List<EnterpriseEntry> Find(PageRequest request, Filter filter)
    {
        var found = index.All.Where(e => reach.Includes(e.Id));
        if (request.Term is { } term) found = found.Where(e => e.Matches(term));
        if (!string.IsNullOrEmpty(filter.Division)) found = found.Where(e => e.Facts.Division.IsWithin(new DivisionCode(filter.Division)));
        if (filter.Kind is { } kind) found = found.Where(e => e.Kind == kind);
        if (filter.Active is { } active) found = found.Where(e => e.Facts.IsActive == active);
        var isDown = request.Sort?.StartsWith('-') == true;
        return [.. request.Sort?.TrimStart('-') switch
        {
            "division" => Order(found, e => e.Facts.Division.Value, isDown),
            "people" => Order(found, PeopleOf, isDown),
            "registeredAt" => Order(found, e => e.RegisteredAt, isDown),
            _ => Order(found, e => e.Facts.Name, isDown),
        }];
    }

    private static IOrderedEnumerable<EnterpriseEntry> Order<TKey>(IEnumerable<EnterpriseEntry> found, Func<EnterpriseEntry, TKey> key, bool isDown) =>
        (isDown ? found.OrderByDescending(key) : found.OrderBy(key)).ThenBy(e => e.Id.Value);

    private int PeopleOf(EnterpriseEntry enterprise) => employments.Of(enterprise.Id).Where(e => e.IsInForceOn(calendar.Today)).DistinctBy(e => e.Person).Count();

    private Row ToRow(EnterpriseEntry e) => new(
        e.Id.Value, e.Facts.Name, e.Facts.CreditCode, e.Kind, e.Facts.Division.Value, divisions.PathOf(e.Facts.Division), e.Address, e.Facts.IsActive, e.ClosedOn, PeopleOf(e), e.RegisteredAt);
}
