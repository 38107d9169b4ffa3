using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Security;
using Anlan.Toolkit.Webhooks;

namespace Anlan.Host.Webhooks;

/// <summary>Sends a test event, signed like every other, and says what came back.</summary>
internal sealed class TryWebhook(AnlanDb db, WebhookIndex webhooks, WebhookPost post, PersonalFields fields, TimeProvider clock)
{
    /// <summary>Type of a test event.</summary>
    public const string Type = "anlan.test";

    /// <param name="IsTaken">True when the receiver took it.</param>
    /// <param name="Said">What came back.</param>
    public sealed record Tried(bool IsTaken, string Said);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/webhooks/{webhook:guid}/test", (Guid webhook, TryWebhook slice, CancellationToken stop) => slice.RunAsync(webhook, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.Edit).Produces<Tried>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Send a test event now");

    public async Task<Outcome<Tried>> RunAsync(Guid id, CancellationToken stop)
    {
        if (webhooks.Find(id) is not { } webhook) return new Refusal("WebhookUnknown");
        db.Audit("webhooks.tested", $"webhook/{id}");
        await db.SaveAsync(stop);
        var number = "test-" + Guid.CreateVersion7();
        var body = post.Write(number, new WebhookEvent(Type, $"webhook/{id}", clock.GetUtcNow(), null, null, new { webhook.Name }));
        var answer = await post.SendAsync(webhook.Address, Webhook.Sealing.Open(fields, webhook, "secret"), number, body, stop);
        return new Tried(answer.IsTaken, answer.Said);
    }
}
