using System.Linq.Expressions;
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
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.Registry;

/// <summary>Enterprises within scope, from the database: a page of a town costs the same in a city of a million.</summary>
internal sealed class ListEnterprises(EnterprisesDb db, EnterpriseIndex index, EmploymentIndex employments, DivisionTree divisions, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="Division">Only enterprises inside this division.</param>
    /// <param name="Kind">Only this kind.</param>
    /// <param name="Active">Only active ones, or only closed ones.</param>
    public sealed record Filter(string? Division = null, EnterpriseKind? Kind = null, bool? Active = null);

    /// <param name="People">Number of people bound today.</param>
    public sealed record Row(
        Guid Id, string Name, string? CreditCode, EnterpriseKind Kind, string Division, string DivisionName, string? Address, bool IsActive, DateOnly? ClosedOn, int People, DateTimeOffset RegisteredAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/enterprises", async (string? search, string? sort, string? division, string? kind, bool? active, ListEnterprises slice, CancellationToken stop, int page = 1, int size = 20) =>
                EnumQuery.TryRead<EnterpriseKind>(kind, out var wanted)
                    ? Results.Ok(await slice.RunAsync(new PageRequest(page, size, search, sort), new Filter(division, wanted, active), stop))
                    : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(EnterprisesPermissions.View).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Enterprises")
            .WithSummary("List enterprises; search by name or credit code");

    /// <summary>Sort keys: <c>name</c> (default), <c>division</c>, <c>people</c>, <c>registeredAt</c>.</summary>
    public async Task<Page<Row>> RunAsync(PageRequest request, Filter filter, CancellationToken stop)
    {
        var found = Find(request, filter);
        // What is in scope at all is known without counting.
        var total = request.Term is null && filter == new Filter() ? Count : await found.CountAsync(stop);
        // The page is found in the index alone; only its own rows are read.
        var page = Sort(found, request.Sort).Skip(request.Skip).Take(request.Take).Select(e => e.Id).Join(db.Enterprises.AsNoTracking(), id => id, e => e.Id, (_, e) => e);
        var rows = await Sort(page, request.Sort).ToListAsync(stop);
        return new Page<Row>([.. rows.Select(ToRow)], total);
    }

    /// <summary>All that match, for an export.</summary>
    public async Task<IReadOnlyList<Row>> AllAsync(PageRequest request, Filter filter, CancellationToken stop) =>
        [.. (await Sort(Find(request, filter), request.Sort).ToListAsync(stop)).Select(ToRow)];

    /// <summary>Number of enterprises within scope, whatever the filter.</summary>
    public int Count => index.Count(scope.Now);

    private IQueryable<Enterprise> Find(PageRequest request, Filter filter)
    {
        var found = db.Enterprises.AsNoTracking().Within(scope.Now);
        if (request.Term is { } term)
        {
            var text = Enterprise.SearchTextOf(term);
            found = found.Where(e => e.SearchText.Contains(text));
        }

        if (!string.IsNullOrEmpty(filter.Division))
        {
            var (from, before) = DivisionRange.Of(new DivisionCode(filter.Division));
            found = found.Where(e => e.Division >= from && e.Division < before);
        }

        if (filter.Kind is { } kind) found = found.Where(e => e.Kind == kind);
        if (filter.Active is { } active) found = found.Where(e => e.ClosedOn == null == active);
        return found;
    }

    private IQueryable<Enterprise> Sort(IQueryable<Enterprise> found, string? sort)
    {
        var isDown = sort?.StartsWith('-') == true;
        var today = calendar.Today;
        return sort?.TrimStart('-') switch
        {
            "division" => Order(found, e => e.Division, isDown),
            "people" => Order(found, e => db.Employments.Where(b => b.Enterprise == e.Id && b.From <= today && (b.To == null || b.To >= today)).Select(b => b.Person).Distinct().Count(), isDown),
            "registeredAt" => Order(found, e => e.RegisteredAt, isDown),
            _ => Order(found, e => e.Name, isDown),
        };
    }

    private static IOrderedQueryable<Enterprise> Order<TKey>(IQueryable<Enterprise> found, Expression<Func<Enterprise, TKey>> key, bool isDown) =>
        (isDown ? found.OrderByDescending(key) : found.OrderBy(key)).ThenBy(e => e.Id);

    private Row ToRow(Enterprise e) => new(
        e.Id.Value, e.Name, e.CreditCode, e.Kind, e.Division.Value, divisions.PathOf(e.Division), e.Address, e.ClosedOn is null, e.ClosedOn,
        employments.Of(e.Id).Where(b => b.IsInForceOn(calendar.Today)).DistinctBy(b => b.Person).Count(), e.RegisteredAt);
}
