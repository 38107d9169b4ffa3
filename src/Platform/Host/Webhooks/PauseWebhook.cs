using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Webhooks;

/// <summary>Pauses a webhook, lets it go on where it stopped, removes it.</summary>
internal sealed class PauseWebhook(AnlanDb db, WebhookSender sender, TimeProvider clock)
{
    /// <param name="Reason">Why.</param>
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/webhooks/{webhook:guid}/pause", (Guid webhook, Request request, PauseWebhook slice, CancellationToken stop) => slice.PauseAsync(webhook, request, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.Edit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Send nothing for now; what happens waits");
        api.MapPost("/webhooks/{webhook:guid}/resume", (Guid webhook, PauseWebhook slice, CancellationToken stop) => slice.ResumeAsync(webhook, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.Edit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Go on where it stopped, at once");
        api.MapPost("/webhooks/{webhook:guid}/remove", (Guid webhook, Request request, PauseWebhook slice, CancellationToken stop) => slice.RemoveAsync(webhook, request, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.Edit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Remove a webhook with what was put aside for it");
    }

    public Task<Outcome> PauseAsync(Guid id, Request request, CancellationToken stop) => ActAsync(id, Reason.Check(request.Reason), webhook =>
    {
        (webhook.PausedAt, webhook.PauseReason) = (clock.GetUtcNow(), request.Reason!.Trim());
        db.Audit("webhooks.paused", $"webhook/{id}", new { reason = webhook.PauseReason });
    }, stop);

    public async Task<Outcome> ResumeAsync(Guid id, CancellationToken stop)
    {
        var outcome = await ActAsync(id, null, webhook =>
        {
            (webhook.PausedAt, webhook.PauseReason) = (null, null);
            db.Audit("webhooks.resumed", $"webhook/{id}");
        }, stop);
        // A pause that grew with failures is over, too: somebody has looked.
        await db.Set<WebhookProgress>().Where(p => p.Webhook == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.NotBefore, clock.GetUtcNow()), stop);
        sender.Wake(id);
        return outcome;
    }

    public async Task<Outcome> RemoveAsync(Guid id, Request request, CancellationToken stop)
    {
        var progress = await db.Set<WebhookProgress>().SingleOrDefaultAsync(p => p.Webhook == id, stop);
        var outcome = await ActAsync(id, Reason.Check(request.Reason), webhook =>
        {
            db.Remove(webhook);
            db.Remove(progress!);
            db.Audit("webhooks.removed", $"webhook/{id}", new { webhook.Name, webhook.Address, reason = request.Reason!.Trim() });
        }, stop);
        if (outcome.IsDone) await db.Set<WebhookDeadLetter>().Where(l => l.Webhook == id).ExecuteDeleteAsync(stop);
        return outcome;
    }

    private async Task<Outcome> ActAsync(Guid id, Refusal? missing, Action<Webhook> act, CancellationToken stop)
    {
        if (missing is not null) return Outcome.Refused(missing);
        if (await db.Set<Webhook>().SingleOrDefaultAsync(w => w.Id == id, stop) is not { } webhook) return Outcome.Refused("WebhookUnknown");
        act(webhook);
        return await db.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
