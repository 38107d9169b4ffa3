using Anlan.Accounts.Registry;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.CertificateClaims;

/// <summary>Claims by certificate that wait within scope, the oldest first.</summary>
internal sealed class ListCertificateClaims(AccountsDb db, IPeople people, IEmployment employment, IEnterprises enterprises, CurrentScope scope, PeopleSeen seen, CityCalendar calendar)
{
    /// <param name="Name">Masked.</param>
    /// <param name="Enterprise">An enterprise within scope for which the person works today; null when there is none.</param>
    public sealed record Row(Guid Id, Guid Person, string Name, string? Enterprise, string UserName, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/certificate-claims", (string? search, ListCertificateClaims slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size, search), stop))
            .RequirePermission(AccountsPermissions.Invite).Produces<Page<Row>>().Scoped(ScopedBy.Records).ShowsPeople().WithTags("Accounts").WithSummary("List claims by certificate that wait to be confirmed");

    public async Task<Page<Row>> RunAsync(PageRequest request, CancellationToken stop)
    {
        var (now, today) = (calendar.Now, calendar.Today);
        var claims = await db.CertificateClaims.AsNoTracking().Where(c => c.ExpiresAt > now).OrderBy(c => c.AskedAt).ToListAsync(stop);
        var rows = claims.Where(c => people.IsWithin(c.Person, scope.Now)).Select(c => new Row(c.Id, c.Person.Value, people.Find(c.Person)?.MaskedName ?? "", EmployerOf(c.Person, today), c.UserName, c.AskedAt, c.ExpiresAt));
        if (request.Term is { } term) rows = rows.Where(row => Has(row.Name, term) || Has(row.UserName, term) || Has(row.Enterprise, term));
        var found = rows.ToList();
        var shown = found.Skip(request.Skip).Take(request.Take).ToList();
        seen.Add(ClaimViews.List, shown.Select(row => row.Person));
        return new Page<Row>(shown, found.Count);
    }

    private string? EmployerOf(PersonId person, DateOnly today) =>
        employment.BindingsOf(person, today).Select(b => b.Enterprise).Where(e => enterprises.IsWithin(e, scope.Now)).Select(enterprises.Find).FirstOrDefault()?.Name;

    private static bool Has(string? text, string term) => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>Where claims show people.</summary>
internal static class ClaimViews
{
    public static readonly PersonalView List = new("accounts.claims", PersonalField.Name);
}
