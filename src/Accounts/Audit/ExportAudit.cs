using System.Globalization;
using System.Runtime.CompilerServices;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Audit;

/// <summary>The audit trail as a file, as filtered; who took it is on record.</summary>
internal sealed class ExportAudit(AccountsDb db, ListAudit list, AccountIndex accounts, AuditWords said, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private const int Part = 1_000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit/export", (string? who, string? what, string? subject, DateOnly? from, DateOnly? to, ExportAudit slice, CancellationToken stop) => slice.RunAsync(new AuditFilter(who, what, subject, from, to), stop))
            .RequirePermission(AccountsPermissions.ViewAudit).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).WithTags("Audit").WithSummary("Export the audit trail");

    public async Task<IResult> RunAsync(AuditFilter filter, CancellationToken stop)
    {
        var records = filter.Of(db.Context, accounts, said, calendar);
        db.Context.Audit("accounts.audit.exported", "audit", new { rows = await records.CountAsync(stop), filter.From, filter.To });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"audit-{calendar.Today:yyyy-MM-dd}",
            [words["Audit.At"], words["Audit.By"], words["Audit.Key"], words["Audit.OnBehalfOf"], words["Audit.Action"], words["Audit.Code"], words["Audit.Subject"], words["Audit.Id"], words["Audit.Details"]], AllAsync(records, stop));
    }

    // In parts, so that a slow reader holds no transaction open.
    private async IAsyncEnumerable<IReadOnlyList<string?>> AllAsync(IQueryable<AuditRecord> records, [EnumeratorCancellation] CancellationToken stop)
    {
        DateTimeOffset? last = null;
        for (var told = 0; ;)
        {
            var query = last is { } until ? records.Where(a => a.At <= until) : records;
            var part = await query.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Skip(told).Take(Part).ToListAsync(stop);
            foreach (var record in part) yield return Cells(record);
            if (part.Count < Part) yield break;
            told = (last == part[^1].At ? told : 0) + part.Count(record => record.At == part[^1].At);
            last = part[^1].At;
        }
    }

    private IReadOnlyList<string?> Cells(AuditRecord record)
    {
        var row = list.Read(record);
        return [calendar.Local(row.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row.By, row.Key, row.OnBehalfOf, row.Done, row.Action, row.Thing, row.Subject, record.Details];
    }
}
