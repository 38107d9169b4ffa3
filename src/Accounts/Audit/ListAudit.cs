using System.Text.Json;
using Anlan.Accounts.Keys;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Audit;

/// <summary>Who did what to what, newest first.</summary>
internal sealed class ListAudit(AccountsDb db, AccountIndex accounts, KeyIndex keys, AuditWords words, CityCalendar calendar)
{
    /// <param name="By">User name of the account, or the platform.</param>
    /// <param name="Key">Name of the API key with which a program acted.</param>
    /// <param name="OnBehalfOf">User name of the account whose handed-on permission was used.</param>
    /// <param name="Action">Code of the action.</param>
    /// <param name="Done">The action in words.</param>
    /// <param name="Subject">What it was done to, as recorded.</param>
    /// <param name="Thing">The same in words.</param>
    /// <param name="Details">Ids, codes and reasons.</param>
    public sealed record Row(Guid Id, DateTimeOffset At, Guid Account, string By, string? Key, string? OnBehalfOf, string Action, string Done, string Subject, string Thing, JsonElement? Details);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit", (string? who, string? what, string? subject, DateOnly? from, DateOnly? to, ListAudit slice, CancellationToken stop, int page = 1, int size = 20) =>
                slice.RunAsync(new PageRequest(page, size), new AuditFilter(who, what, subject, from, to), stop))
            .RequirePermission(AccountsPermissions.ViewAudit).Scoped(ScopedBy.Installation).WithTags("Audit").WithSummary("Who did what to what, newest first");

    public async Task<Page<Row>> RunAsync(PageRequest request, AuditFilter filter, CancellationToken stop)
    {
        var records = filter.Of(db.Context, accounts, words, calendar);
        var total = await records.CountAsync(stop);
        var found = await records.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        return new Page<Row>([.. found.Select(Read)], total);
    }

    /// <summary>One record in words.</summary>
    internal Row Read(AuditRecord a) => new(
        a.Id, a.At, a.Account, words.Who(a.Account), a.Key is { } key ? keys.Find(key)?.Name ?? key.ToString() : null, a.OnBehalfOf is { } holder ? words.Who(holder) : null, a.Action, words.Action(a.Action), a.Subject,
        words.Subject(a.Subject), a.Details is { } details ? JsonElement.Parse(details) : null);
}
