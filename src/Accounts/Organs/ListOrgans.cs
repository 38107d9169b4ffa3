using Anlan.Accounts.Registry;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Organs;

/// <summary>Organs within scope: administrators all, an organ's staff their own and those below it.</summary>
internal sealed class ListOrgans(OrganIndex organs, AssignmentIndex assignments, AccountIndex accounts, IDivisions divisions, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="Kind">Only this kind.</param>
    /// <param name="Active">Only active ones, or only closed ones.</param>
    public sealed record Filter(OrganKind? Kind = null, bool? Active = null);

    /// <param name="Parent">The organ above it.</param>
    /// <param name="SeatName">Where it sits, in words.</param>
    /// <param name="Assignments">How many assignments are in force today.</param>
    /// <param name="Accounts">How many of its accounts may sign in.</param>
    public sealed record Row(
        Guid Id, OrganKind Kind, string NameZh, string NameEn, OrganName? Parent, string? Seat, string? SeatName, int Assignments, int Accounts, bool IsActive, DateOnly? ClosedOn);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/organs", (string? search, string? sort, string? kind, bool? active, ListOrgans slice, int page = 1, int size = 20) =>
                EnumQuery.TryRead<OrganKind>(kind, out var wanted) ? Results.Ok(slice.Run(new PageRequest(page, size, search, sort), new Filter(wanted, active))) : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(AccountsPermissions.ViewOrgans).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Organs")
            .WithSummary("List organs; search by name");

    /// <summary>Sort keys: <c>kind</c> (default), <c>name</c>, <c>seat</c>, <c>assignments</c>, <c>accounts</c>.</summary>
    public Page<Row> Run(PageRequest request, Filter filter)
    {
        var found = Find(request, filter);
        return new Page<Row>([.. found.Skip(request.Skip).Take(request.Take)], found.Count);
    }

    /// <summary>All that match, for an export.</summary>
    public IReadOnlyList<Row> All(PageRequest request, Filter filter) => Find(request, filter);

    /// <summary>Number of organs within scope, whatever the filter.</summary>
    public int Count() => Within().Count();

    private IEnumerable<OrganFacts> Within()
    {
        var now = scope.Now;
        return organs.All.Where(o => now.CoversOrgan(o.Id.Value));
    }

    private List<Row> Find(PageRequest request, Filter filter)
    {
        var found = Within();
        if (request.Term is { } term) found = found.Where(o => o.Matches(term));
        if (filter.Kind is { } kind) found = found.Where(o => o.Kind == kind);
        if (filter.Active is { } active) found = found.Where(o => o.IsActive == active);
        var rows = Read(found);
        var isDown = request.Sort?.StartsWith('-') == true;
        return [.. request.Sort?.TrimStart('-') switch
        {
            "name" => Order(rows, r => r.NameZh, isDown),
            "seat" => Order(rows, r => r.Seat ?? "", isDown),
            "assignments" => Order(rows, r => r.Assignments, isDown),
            "accounts" => Order(rows, r => r.Accounts, isDown),
            _ => Order(rows, r => r.Kind, isDown),
        }];
    }

    /// <summary>Rows of organs, whatever the scope.</summary>
    internal IEnumerable<Row> Read(IEnumerable<OrganFacts> found)
    {
        var today = calendar.Today;
        var inForce = assignments.All.Where(a => a.IsInForceOn(today)).CountBy(a => a.Organ).ToDictionary();
        var staff = accounts.All.Where(a => a is { Organ: not null, IsDisabled: false }).CountBy(a => a.Organ!.Value).ToDictionary();
        return found.Select(o => new Row(
            o.Id.Value, o.Kind, o.NameZh, o.NameEn, o.Parent is { } parent ? OrganName.Of(organs.Find(parent)) : null, o.Seat?.Value, o.Seat is { } seat ? divisions.PathOf(seat) : null,
            inForce.GetValueOrDefault(o.Id), staff.GetValueOrDefault(o.Id), o.IsActive, o.ClosedOn));
    }

    private static IOrderedEnumerable<Row> Order<TKey>(IEnumerable<Row> rows, Func<Row, TKey> key, bool isDown) =>
        (isDown ? rows.OrderByDescending(key) : rows.OrderBy(key)).ThenBy(r => r.Seat, StringComparer.Ordinal).ThenBy(r => r.NameZh, StringComparer.Ordinal).ThenBy(r => r.Id);
}
