using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.Access;

/// <summary>Who looked at the data of the person who asks, newest first.</summary>
internal sealed class ListOwnAccess(AnlanDb db, CurrentActor current)
{
    /// <param name="At">When.</param>
    /// <param name="By">Name of the account that looked.</param>
    /// <param name="View">Where, for example <c>enterprises.people</c>.</param>
    /// <param name="Fields">What was shown.</param>
    /// <param name="IsUnmasked">Shown in full.</param>
    /// <param name="Reason">Why it was shown in full.</param>
    public sealed record Row(DateTimeOffset At, string By, string View, IReadOnlyList<string> Fields, bool IsUnmasked, string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/access", (ListOwnAccess slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size), stop))
            .RequireAuthorization().Scoped(ScopedBy.Own).WithTags("Privacy").WithSummary("Who looked at my data, newest first");

    public async Task<Page<Row>> RunAsync(PageRequest request, CancellationToken stop)
    {
        if (current.Actor.Person is not { } own) return new Page<Row>([], 0);
        var looks = db.Set<AccessRecord>().AsNoTracking().Where(a => db.Set<AccessedPerson>().Any(seen => seen.Person == own && seen.Access == a.Id));
        var total = await looks.CountAsync(stop);
        var found = await looks.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        return new Page<Row>([.. found.Select(a => new Row(a.At, a.By, a.View, AccessFilter.Names(a.Fields), a.IsUnmasked, a.Reason))], total);
    }
}
