using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Desk.Views;

/// <summary>Removes a view of one's own; the records that it showed stay as they are.</summary>
internal sealed class DropView(AnlanDb db, CurrentActor current)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/views/{savedView:guid}", (Guid savedView, DropView slice, CancellationToken stop) => slice.RunAsync(savedView, stop).ToHttpAsync())
            .RequirePermission(DeskPermissions.View).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Desk").WithSummary("Remove a view of one's own");

    public async Task<Outcome> RunAsync(Guid id, CancellationToken stop)
    {
        var account = current.Actor.Account;
        if (await db.Set<SavedView>().SingleOrDefaultAsync(v => v.Id == id && v.Account == account, stop) is not { } view) return Outcome.Refused("ViewUnknown");
        db.Remove(view);
        db.Audit("desk.view.dropped", $"view/{id}", new { page = view.Page });
        return await db.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
