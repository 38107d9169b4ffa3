using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.Retention;

/// <summary>Holds that keep records of people and enterprises, the newest first.</summary>
internal sealed class ListHolds(AnlanDb db, IPeople people, IEnterprises enterprises, PeopleSeen seen)
{
    private static readonly PersonalView Shown = new("privacy.holds", PersonalField.Name);

    /// <param name="Id">The hold.</param>
    /// <param name="Kind">Person or enterprise.</param>
    /// <param name="Subject">Whose.</param>
    /// <param name="Name">The enterprise's name or the person's, masked.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="SetAt">Since when.</param>
    public sealed record Row(Guid Id, HoldKind Kind, Guid Subject, string? Name, string Reason, DateTimeOffset SetAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/holds", (ListHolds slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size), stop))
            .RequirePermission(PrivacyPermissions.ViewRetention).Scoped(ScopedBy.Installation).ShowsPeople().WithTags("Privacy").WithSummary("Holds in force, the newest first");

    public async Task<Page<Row>> RunAsync(PageRequest request, CancellationToken stop)
    {
        var holds = db.Set<LegalHold>().AsNoTracking().Where(h => h.ReleasedAt == null);
        var total = await holds.CountAsync(stop);
        var found = await holds.OrderByDescending(h => h.Id).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        seen.Add(Shown, found.Where(h => h.Kind == HoldKind.Person).Select(h => h.Subject));
        return new Page<Row>([.. found.Select(h => new Row(h.Id, h.Kind, h.Subject, NameOf(h), h.Reason, h.SetAt))], total);
    }

    private string? NameOf(LegalHold hold) => hold.Kind == HoldKind.Person ? people.Find(new PersonId(hold.Subject))?.MaskedName : enterprises.Find(new EnterpriseId(hold.Subject))?.Name;
}
