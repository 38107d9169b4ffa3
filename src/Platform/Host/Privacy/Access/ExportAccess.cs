using System.Globalization;
using System.Runtime.CompilerServices;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Privacy.Access;

/// <summary>The access log as a file, as filtered; who took it is on record.</summary>
internal sealed class ExportAccess(AnlanDb db, IPeople people, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private const int Part = 1_000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/access/export", (string? search, Guid? person, DateOnly? day, bool? unmasked, ExportAccess slice, CancellationToken stop) => slice.RunAsync(new AccessFilter(search, person, day, unmasked), stop))
            .RequirePermission(PrivacyPermissions.ViewAccess).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).WithTags("Privacy").WithSummary("Export the access log; people by id only");

    public async Task<IResult> RunAsync(AccessFilter filter, CancellationToken stop)
    {
        var looks = await filter.OfAsync(db, people, calendar, stop);
        db.Audit("privacy.access.exported", "access", new { rows = await looks.CountAsync(stop), filter.Person, filter.Day });
        await db.SaveAsync(stop);
        return CsvFile.Of(
            $"access-{calendar.Today:yyyy-MM-dd}",
            [words["Access.At"], words["Access.By"], words["Access.View"], words["Access.Fields"], words["Access.Unmasked"], words["Access.Reason"], words["Access.People"], words["Access.Ids"]],
            AllAsync(looks, stop));
    }

    // In parts, so that a slow reader holds no transaction open.
    private async IAsyncEnumerable<IReadOnlyList<string?>> AllAsync(IQueryable<AccessRecord> looks, [EnumeratorCancellation] CancellationToken stop)
    {
        DateTimeOffset? last = null;
        for (var told = 0; ;)
        {
            var query = last is { } until ? looks.Where(a => a.At <= until) : looks;
            var part = await query.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Skip(told).Take(Part).ToListAsync(stop);
            var ids = part.ConvertAll(a => a.Id);
            var shown = (await db.Set<AccessedPerson>().AsNoTracking().Where(p => ids.Contains(p.Access)).ToListAsync(stop)).ToLookup(p => p.Access, p => p.Person);
            foreach (var look in part) yield return Cells(look, shown[look.Id]);
            if (part.Count < Part) yield break;
            told = (last == part[^1].At ? told : 0) + part.Count(look => look.At == part[^1].At);
            last = part[^1].At;
        }
    }

    private IReadOnlyList<string?> Cells(AccessRecord look, IEnumerable<Guid> shown) =>
    [
        calendar.Local(look.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), look.By, words["View." + look.View],
        string.Join(' ', AccessFilter.Names(look.Fields).Select(field => words["Access.Field." + field].Value)), words[look.IsUnmasked ? "Access.Full" : "Access.Masked"], look.Reason,
        look.People.ToString(CultureInfo.InvariantCulture), string.Join(' ', shown),
    ];
}
