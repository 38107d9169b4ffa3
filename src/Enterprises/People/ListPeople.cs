using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.People;

/// <summary>People within scope, masked. Found by whole name, by what the mask leaves of it, or by whole identity number.</summary>
internal sealed class ListPeople(EnterprisesDb db, PersonScope people, EmploymentIndex employments, EnterpriseIndex enterprises, PersonSeal seal, CurrentScope scope, PeopleSeen seen, CityCalendar calendar)
{
    /// <param name="Enterprise">Only people bound to this enterprise today.</param>
    /// <param name="Kind">Only people bound like this today.</param>
    /// <param name="Bound">Only people bound to somebody today, or to nobody.</param>
    public sealed record Filter(Guid? Enterprise = null, BindingKind? Kind = null, bool? Bound = null);

    public sealed record Row(Guid Id, string Name, string IdentityNumber, string? Phone, IReadOnlyList<RowBinding> Bindings, DateTimeOffset RegisteredAt);

    public sealed record RowBinding(Guid Id, Guid Enterprise, string EnterpriseName, BindingKind Kind, DateOnly From, DateOnly? To);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/people", async (string? search, string? sort, Guid? enterprise, string? kind, bool? bound, ListPeople slice, CancellationToken stop, int page = 1, int size = 20) =>
                EnumQuery.TryRead<BindingKind>(kind, out var wanted)
                    ? Results.Ok(await slice.RunAsync(new PageRequest(page, size, search, sort), new Filter(enterprise, wanted, bound), stop))
                    : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(EnterprisesPermissions.ViewPeople).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Enterprises")
            .WithSummary("List people, masked; search by whole name or whole identity number");

    /// <summary>Sort keys: <c>name</c>, <c>registeredAt</c> (default, newest first).</summary>
    public async Task<Page<Row>> RunAsync(PageRequest request, Filter filter, CancellationToken stop)
    {
        var found = Find(request, filter);
        var rows = await OpenAsync(found.Skip(request.Skip).Take(request.Take), stop);
        seen.Add(PeopleViews.List, rows.Select(row => row.Id));
        return new Page<Row>(rows, found.Count);
    }

    /// <summary>All that match, for an export.</summary>
    public async Task<IReadOnlyList<Row>> AllAsync(PageRequest request, Filter filter, CancellationToken stop)
    {
        var rows = await OpenAsync(Find(request, filter), stop);
        seen.Add(PeopleViews.Export, rows.Select(row => row.Id));
        return rows;
    }

    /// <summary>Number of people within scope, whatever the filter.</summary>
    public int Count() => people.Within(scope.Now).Count();

    private List<PersonEntry> Find(PageRequest request, Filter filter)
    {
        var today = calendar.Today;
        var found = people.Within(scope.Now);
        if (request.Term is { } term)
        {
            var (name, identity) = (seal.NameIndexesOf(PersonFields.NormaliseName(term)), seal.IdentityIndexesOf(term));
            found = found.Where(p => name.Contains(p.NameIndex) || identity.Contains(p.IdentityIndex) || p.Facts.MaskedName.Contains(term, StringComparison.OrdinalIgnoreCase));
        }

        if (filter.Enterprise is { } enterprise) found = found.Where(p => Visible(p.Id).Any(b => b.Enterprise.Value == enterprise));
        if (filter.Kind is { } kind) found = found.Where(p => Visible(p.Id).Any(b => b.Kind == kind));
        if (filter.Bound is { } bound) found = found.Where(p => Visible(p.Id).Any() == bound);
        return [.. request.Sort switch
        {
            "name" => found.OrderBy(p => p.Facts.MaskedName, StringComparer.Ordinal).ThenBy(p => p.Id.Value),
            "-name" => found.OrderByDescending(p => p.Facts.MaskedName, StringComparer.Ordinal).ThenBy(p => p.Id.Value),
            "registeredAt" => found.OrderBy(p => p.RegisteredAt).ThenBy(p => p.Id.Value),
            _ => found.OrderByDescending(p => p.RegisteredAt).ThenByDescending(p => p.Id.Value),
        }];
    }

    // Whom else a person works for is not everybody's business.
    private IEnumerable<EmploymentEntry> Visible(PersonId person) => employments.Of(person).Where(e => e.IsInForceOn(calendar.Today) && enterprises.IsWithin(e.Enterprise, scope.Now)).OrderBy(e => e.From);

    private async Task<IReadOnlyList<Row>> OpenAsync(IEnumerable<PersonEntry> entries, CancellationToken stop)
    {
        var rows = new List<Row>();
        foreach (var chunk in entries.Chunk(500))
        {
            var ids = chunk.Select(p => p.Id).ToList();
            var sealed_ = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
            rows.AddRange(chunk.Where(p => sealed_.ContainsKey(p.Id)).Select(p => ToRow(p, sealed_[p.Id])));
        }

        return rows;
    }

    private Row ToRow(PersonEntry entry, Person person)
    {
        var plain = seal.Open(person);
        return new Row(
            entry.Id.Value, entry.Facts.MaskedName, Masks.IdentityNumber(plain.IdentityNumber), plain.Phone is null ? null : Masks.Phone(plain.Phone),
            [.. Visible(entry.Id).Select(e => new RowBinding(e.Id, e.Enterprise.Value, enterprises.Find(e.Enterprise)?.Name ?? "", e.Kind, e.From, e.To))], entry.RegisteredAt);
    }
}
