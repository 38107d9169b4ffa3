using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Desk.Views;

/// <summary>Renames a view of one's own, lends it to the colleagues, or lets the list open with it.</summary>
internal sealed class ChangeView(AnlanDb db, CurrentActor current)
{
    public sealed record Request(string? Name, bool IsShared, bool IsDefault);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/views/{savedView:guid}", (Guid savedView, Request request, ChangeView slice, CancellationToken stop) => slice.RunAsync(savedView, request, stop).ToHttpAsync())
            .RequirePermission(DeskPermissions.View).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Desk").WithSummary("Rename a view of one's own, share it, or make it the default");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        var account = current.Actor.Account;
        if (await db.Set<SavedView>().SingleOrDefaultAsync(v => v.Id == id && v.Account == account, stop) is not { } view) return Outcome.Refused("ViewUnknown");
        Refusal?[] found = [SavedView.CheckName(request.Name), SavedView.CheckSharing(request.IsShared, current.Actor)];
        if (found.OfType<Refusal>().ToList() is { Count: > 0 } refusals) return Outcome.Refused(refusals);
        var others = await db.Set<SavedView>().Where(v => v.Account == account && v.Page == view.Page && v.Id != id).ToListAsync(stop);
        if (others.Exists(v => v.Name == request.Name!.Trim())) return Outcome.Refused(KeepView.Taken(request.Name!.Trim()));

        view.Name = request.Name!.Trim();
        view.Share(request.IsShared, current.Actor);
        view.IsDefault = request.IsDefault;
        if (view.IsDefault) others.ForEach(other => other.IsDefault = false);
        if (!db.ChangeTracker.HasChanges()) return Outcome.Done;
        db.Audit("desk.view.changed", $"view/{id}", new { view.IsShared, view.IsDefault });
        return await db.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
