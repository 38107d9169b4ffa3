using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Training.Certificates;

/// <summary>Certificates within scope. Found by whole number, or by what the mask leaves of the holder's name.</summary>
internal sealed class ListCertificates(TrainingDb db, CertificateIndex index, CertificateSeal seal, IPeople people, IEmployment employment, IEnterprises enterprises, IDivisions divisions, CurrentScope scope, PeopleSeen seen, CertificateRules rules, CityCalendar calendar)
{
    /// <param name="Person">Only this person's.</param>
    /// <param name="Enterprise">Only those of people bound to this enterprise today.</param>
    /// <param name="Category">Only this category.</param>
    /// <param name="SubItem">Only this sub-item.</param>
    /// <param name="Status">Only those that stand like this today.</param>
    /// <param name="Division">Only those of people bound today to an enterprise in this division.</param>
    /// <param name="EndsFrom">Only those whose review or last day, whichever comes first, is not before this day; revoked ones have no end to wait for.</param>
    /// <param name="EndsTo">Only those whose review or last day is not after this day.</param>
    public sealed record Filter(
        Guid? Person = null, Guid? Enterprise = null, string? Category = null, string? SubItem = null, CertificateStatus? Status = null, string? Division = null, DateOnly? EndsFrom = null, DateOnly? EndsTo = null)
    {
        /// <summary>True when it asks for ends.</summary>
        public bool HasEnds => EndsFrom is not null || EndsTo is not null;
    }

    /// <param name="PersonName">Masked.</param>
    /// <param name="Number">Masked.</param>
    /// <param name="Status">How it stands today.</param>
    public sealed record Row(
        Guid Id, Guid Person, string PersonName, string Number, string Category, string SubItem, DateOnly IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly ExpiresOn,
        DateOnly? RevokedOn, string? Authority, CertificateStatus Status)
    {
        /// <summary>The day that the status is about.</summary>
        public DateOnly StatusDay => RevokedOn ?? new CertificateDates(IssuedOn, ReviewDueOn, ReviewedOn, ExpiresOn).DayOf(Status);
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/certificates", async (string? search, string? sort, Guid? person, Guid? enterprise, string? category, string? subItem, string? status, string? division, DateOnly? endsFrom, DateOnly? endsTo, ListCertificates slice,
                CancellationToken stop, int page = 1, int size = 20) =>
                EnumQuery.TryRead<CertificateStatus>(status, out var wanted)
                    ? Results.Ok(await slice.RunAsync(new PageRequest(page, size, search, sort), new Filter(person, enterprise, category, subItem, wanted, division, endsFrom, endsTo), stop))
                    : EnumQuery.NoSuchWord("status", status))
            .RequirePermission(TrainingPermissions.View).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Training")
            .WithSummary("List operator certificates; search by whole number or masked name");

    /// <summary>Sort keys: <c>endsOn</c> (review or last day), <c>expiresOn</c>, <c>issuedOn</c>, <c>status</c>, <c>enteredAt</c> (default, newest first).</summary>
    public async Task<Page<Row>> RunAsync(PageRequest request, Filter filter, CancellationToken stop)
    {
        var found = Find(request, filter);
        var rows = await OpenAsync(found.Skip(request.Skip).Take(request.Take), stop);
        seen.Add(CertificateViews.List, rows.Select(row => row.Person));
        return new Page<Row>(rows, found.Count);
    }

    /// <summary>All that match, for an export.</summary>
    public async Task<IReadOnlyList<Row>> AllAsync(PageRequest request, Filter filter, CancellationToken stop)
    {
        var rows = await OpenAsync(Find(request, filter), stop);
        seen.Add(CertificateViews.Export, rows.Select(row => row.Person));
        return rows;
    }

    /// <summary>How many certificates within scope stand how today, whatever the filter.</summary>
    public IReadOnlyDictionary<CertificateStatus, int> CountByStatus() =>
        Within().CountBy(c => c.StatusOn(calendar.Today, rules)).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>The certificates within scope that a filter leaves, in no order.</summary>
    public IReadOnlyList<CertificateEntry> Entries(Filter filter) => Find(new PageRequest(1, 1), filter);

    private List<CertificateEntry> Find(PageRequest request, Filter filter)
    {
        var today = calendar.Today;
        var found = filter.Person is { } person ? Of(new PersonId(person)) : Within();
        if (request.Term is { } term)
        {
            var number = seal.IndexesOf(term);
            found = found.Where(c => number.Contains(c.NumberIndex) || people.Find(c.Person)?.MaskedName.Contains(term, StringComparison.OrdinalIgnoreCase) == true);
        }

        if (filter.Enterprise is { } enterprise) found = !enterprises.IsWithin(new EnterpriseId(enterprise), scope.Now) ? [] : found.Where(c => employment.FindBinding(c.Person, new EnterpriseId(enterprise), today) is not null);
        if (!string.IsNullOrEmpty(filter.Category)) found = found.Where(c => c.Category == filter.Category);
        if (!string.IsNullOrEmpty(filter.SubItem)) found = found.Where(c => c.SubItem == filter.SubItem);
        if (!string.IsNullOrEmpty(filter.Division))
        {
            var division = new DivisionCode(filter.Division);
            found = found.Where(c => EmployersOf(c.Person, today).Any(employer => employer.Division.IsWithin(division)));
        }

        if (filter.HasEnds) found = found.Where(c => c.RevokedOn is null && EndsWithin(c, filter));
        if (filter.Status is { } status) found = found.Where(c => c.StatusOn(today, rules) == status);
        var isDown = request.Sort?.StartsWith('-') == true;
        return [.. request.Sort?.TrimStart('-') switch
        {
            "expiresOn" => Order(found, c => c.Dates.ExpiresOn, isDown),
            "issuedOn" => Order(found, c => c.Dates.IssuedOn, isDown),
            "endsOn" => Order(found, c => rules.EndOf(c.Category, c.Dates), isDown),
            "status" => Order(found, c => c.StatusOn(today, rules), isDown),
            "enteredAt" => Order(found, c => c.EnteredAt, isDown),
            _ => Order(found, c => c.EnteredAt, isDown: true),
        }];
    }

    /// <summary>The enterprises within scope for which a person works on a day.</summary>
    public IEnumerable<EnterpriseFacts> EmployersOf(PersonId person, DateOnly day) =>
        employment.BindingsOf(person, day).Select(binding => binding.Enterprise).Distinct().Where(enterprise => enterprises.IsWithin(enterprise, scope.Now)).Select(enterprises.Find).OfType<EnterpriseFacts>();

    /// <summary>The name of the enterprise or division that a filter names, if within scope.</summary>
    public string? PlaceOf(Filter filter) => filter.Enterprise is { } id
        ? enterprises.IsWithin(new EnterpriseId(id), scope.Now) ? enterprises.Find(new EnterpriseId(id))?.Name : null
        : string.IsNullOrEmpty(filter.Division) ? null : divisions.Find(new DivisionCode(filter.Division))?.Name;

    private bool EndsWithin(CertificateEntry certificate, Filter filter)
    {
        var end = rules.EndOf(certificate.Category, certificate.Dates);
        return end >= (filter.EndsFrom ?? DateOnly.MinValue) && end <= (filter.EndsTo ?? DateOnly.MaxValue);
    }

    // From the people in scope, not by looking at everybody's certificates.
    private IEnumerable<CertificateEntry> Within() => scope.Now is { IsEverything: false } now ? people.Within(now).SelectMany(index.Of) : index.All;

    private IEnumerable<CertificateEntry> Of(PersonId person) => people.IsWithin(person, scope.Now) ? index.Of(person) : [];

    private static IOrderedEnumerable<CertificateEntry> Order<TKey>(IEnumerable<CertificateEntry> found, Func<CertificateEntry, TKey> key, bool isDown) =>
        (isDown ? found.OrderByDescending(key) : found.OrderBy(key)).ThenByDescending(c => c.Id);

    private async Task<IReadOnlyList<Row>> OpenAsync(IEnumerable<CertificateEntry> entries, CancellationToken stop)
    {
        var (rows, today) = (new List<Row>(), calendar.Today);
        foreach (var batch in entries.Chunk(200))
        {
            var ids = batch.Select(c => c.Id).ToList();
            var certificates = await db.Certificates.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, stop);
            foreach (var entry in batch)
            {
                if (!certificates.TryGetValue(entry.Id, out var c)) continue;
                rows.Add(new Row(
                    c.Id, c.Person.Value, people.Find(c.Person)?.MaskedName ?? "", CertificateNumber.Mask(seal.Open(c)), c.Category, c.SubItem, c.IssuedOn, c.ReviewDueOn, c.ReviewedOn, c.ExpiresOn,
                    c.RevokedOn, c.Authority, rules.StatusOn(today, c.Category, c.Dates, c.RevokedOn)));
            }
        }

        return rows;
    }
}
