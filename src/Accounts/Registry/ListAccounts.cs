using Anlan.Accounts.Organs;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Registry;

/// <summary>Accounts within scope.</summary>
internal sealed class ListAccounts(
    AccountIndex index, AccountScope accounts, OrganIndex organs, IPeople people, IEnterprises enterprises, IEmployment employment, CurrentScope scope, PeopleSeen seen, CityCalendar calendar, TimeProvider clock)
{
    public sealed record Row(
        Guid Id, string UserName, string DisplayName, string Role, OrganName? Organ, Guid? Enterprise, string? EnterpriseName, Guid? Person, bool IsDisabled, bool IsLocked,
        bool HasPin, bool IsService, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/accounts", (string? search, string? sort, string? role, ListAccounts slice, int page = 1, int size = 20) => slice.Run(new PageRequest(page, size, search, sort), role))
            .RequirePermission(AccountsPermissions.View).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Accounts").WithSummary("List accounts");

    /// <summary>Sort keys: <c>userName</c> (default), <c>role</c>, <c>createdAt</c>, <c>lastSignInAt</c>.</summary>
    public Page<Row> Run(PageRequest request, string? role = null)
    {
        var found = Find(request, role);
        var shown = found.Skip(request.Skip).Take(request.Take).ToList();
        seen.Add(AccountViews.List, shown.Select(row => row.Person).OfType<Guid>());
        return new Page<Row>(shown, found.Count);
    }

    /// <summary>All that match, for an export.</summary>
    public IReadOnlyList<Row> All(PageRequest request, string? role)
    {
        var found = Find(request, role);
        seen.Add(AccountViews.Export, found.Select(row => row.Person).OfType<Guid>());
        return found;
    }

    private List<Row> Find(PageRequest request, string? role)
    {
        var rows = index.All.Where(accounts.Covers).Where(a => role is null || a.Role == role).Select(ToRow);
        if (request.Term is { } term) rows = rows.Where(r => Contains(r.UserName, term) || Contains(r.DisplayName, term) || Contains(r.EnterpriseName, term) || Contains(r.Organ?.NameZh, term) || Contains(r.Organ?.NameEn, term));
        return [.. Sort([.. rows], request.Sort)];
    }

    private Row ToRow(AccountFacts account)
    {
        var name = account.Person is { } person ? people.Find(person)?.MaskedName : account.DisplayName;
        // For whom else a welder works is not everybody's business.
        var enterprise = account.Enterprise ?? (account.Person is { } welder ? employment.BindingsOf(welder, calendar.Today).FirstOrDefault(b => enterprises.IsWithin(b.Enterprise, scope.Now))?.Enterprise : null);
        return new Row(
            account.Id, account.UserName, name ?? account.UserName, account.Role, account.Organ is { } organ ? OrganName.Of(organs.Find(organ)) : null, enterprise?.Value,
            enterprise is { } e ? enterprises.Find(e)?.Name : null, account.Person?.Value, account.IsDisabled, clock.GetUtcNow() < account.LockedUntil, account.HasPin, account.IsService, account.CreatedAt, account.LastSignInAt);
    }

    private static bool Contains(string? text, string term) => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;

    private static IEnumerable<Row> Sort(List<Row> rows, string? sort)
    {
        var isDown = sort?.StartsWith('-') == true;
        Func<Row, object?> key = sort?.TrimStart('-') switch
        {
            "role" => r => r.Role,
            "createdAt" => r => r.CreatedAt,
            "lastSignInAt" => r => r.LastSignInAt ?? DateTimeOffset.MinValue,
            _ => r => r.UserName,
        };
        return isDown ? rows.OrderByDescending(key).ThenBy(r => r.Id) : rows.OrderBy(key).ThenBy(r => r.Id);
    }
}
