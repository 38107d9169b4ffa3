using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Anlan.Host.Webhooks;

/// <summary>Enters a system that is told from now on; what its events are signed with is shown once. Changes one, and makes it a new secret.</summary>
internal sealed class EnterWebhook(
    AnlanDb db, HotLog log, WebhookTypes known, IDivisions divisions, IEnterprises enterprises, PersonalFields fields, IOptions<WebhooksOptions> options, CurrentActor current, TimeProvider clock)
{
    /// <param name="Name">Whose system it is.</param>
    /// <param name="Address">Where events are posted to, https.</param>
    /// <param name="Types">Of which events it is told.</param>
    /// <param name="Division">Only of what happens in this division; null = everywhere.</param>
    /// <param name="CreditCode">Only of what happens at this enterprise; null = all.</param>
    public sealed record Request(string? Name, string? Address, IReadOnlyList<string>? Types, string? Division = null, string? CreditCode = null);

    /// <param name="Secret">What the signature is made with; cannot be read again.</param>
    public sealed record Entered(Guid Id, string Secret);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/webhooks", (Request request, EnterWebhook slice, CancellationToken stop) => slice.EnterAsync(request, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.Edit).Produces<Entered>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Installation).WithTags("Webhooks")
            .WithSummary("Tell another system what happens from now on; the secret is shown once");
        api.MapPut("/webhooks/{webhook:guid}", (Guid webhook, Request request, EnterWebhook slice, CancellationToken stop) => slice.ChangeAsync(webhook, request, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.Edit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Installation).WithTags("Webhooks")
            .WithSummary("Change a webhook");
        api.MapPost("/webhooks/{webhook:guid}/secret", (Guid webhook, EnterWebhook slice, CancellationToken stop) => slice.RenewAsync(webhook, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.Edit).Produces<Entered>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("A new secret; the old one signs nothing any more");
    }

    public async Task<Outcome<Entered>> EnterAsync(Request request, CancellationToken stop)
    {
        if (Check(request) is { Count: > 0 } refusals) return Outcome<Entered>.Refused(refusals);
        var webhook = new Webhook { Id = Guid.CreateVersion7(), Name = "", Address = "", Secret = [], MadeBy = current.Actor.Account, MadeAt = clock.GetUtcNow() };
        Take(webhook, request);
        var secret = Renew(webhook);
        db.Add(webhook);
        // It is told from here on: what was before is history, which a key may ask for.
        db.Add(new WebhookProgress { Webhook = webhook.Id, Position = log.LastSeq, NotBefore = webhook.MadeAt });
        db.Audit("webhooks.entered", $"webhook/{webhook.Id}", new { webhook.Name, webhook.Address, webhook.Types, division = webhook.Division?.Value, webhook.Enterprise });
        return await db.TrySaveAsync(stop) ? new Entered(webhook.Id, secret) : Refusal.OfField("name", "WebhookNameTaken");
    }

    public async Task<Outcome> ChangeAsync(Guid id, Request request, CancellationToken stop)
    {
        if (await db.Set<Webhook>().SingleOrDefaultAsync(w => w.Id == id, stop) is not { } webhook) return Outcome.Refused("WebhookUnknown");
        if (Check(request) is { Count: > 0 } refusals) return Outcome.Refused(refusals);
        Take(webhook, request);
        db.Audit("webhooks.changed", $"webhook/{webhook.Id}", new { webhook.Name, webhook.Address, webhook.Types, division = webhook.Division?.Value, webhook.Enterprise });
        return await db.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused(Refusal.OfField("name", "WebhookNameTaken"));
    }

    public async Task<Outcome<Entered>> RenewAsync(Guid id, CancellationToken stop)
    {
        if (await db.Set<Webhook>().SingleOrDefaultAsync(w => w.Id == id, stop) is not { } webhook) return new Refusal("WebhookUnknown");
        var secret = Renew(webhook);
        db.Audit("webhooks.secret.renewed", $"webhook/{webhook.Id}");
        return await db.TrySaveAsync(stop) ? new Entered(id, secret) : new Refusal("ChangedMeanwhile");
    }

    private string Renew(Webhook webhook)
    {
        var secret = WebhookPost.NewSecret();
        webhook.Secret = Webhook.Sealing.Seal(fields, webhook, "secret", secret);
        return secret;
    }

    private void Take(Webhook webhook, Request request) => (webhook.Name, webhook.Address, webhook.Types, webhook.Division, webhook.Enterprise) = (
        request.Name!.Trim(), request.Address!.Trim(), [.. request.Types!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Text(request.Division) is { } division ? new DivisionCode(division) : null, Text(request.CreditCode) is { } code ? enterprises.FindByCreditCode(code)!.Id.Value : null);

    private List<Refusal> Check(Request request)
    {
        var (name, address, types) = (request.Name?.Trim() ?? "", request.Address?.Trim() ?? "", request.Types ?? []);
        List<Refusal> refusals = [];
        if (name.Length is 0 or > Webhook.LongestName) refusals.Add(Refusal.OfField("name", "WebhookNameLength") with { Measured = FactValue.Count(name.Length), Limit = FactValue.Count(Webhook.LongestName) });
        if (address.Length > Webhook.LongestAddress || !IsAddress(address)) refusals.Add(Refusal.OfField("address", options.Value.AllowHttp ? "WebhookAddressHttp" : "WebhookAddress") with { Limit = FactValue.Count(Webhook.LongestAddress) });
        if (types.Count == 0) refusals.Add(Refusal.OfField("types", "WebhookTypesMissing"));
        if (types.FirstOrDefault(type => !known.All.Contains(type)) is { } unknown) refusals.Add(Refusal.OfField("types", "WebhookTypeUnknown") with { Measured = FactValue.Text(unknown) });
        if (Text(request.Division) is { } division && (!DivisionCode.IsValid(division) || divisions.Find(new DivisionCode(division)) is null)) refusals.Add(Refusal.OfField("division", "WebhookDivisionUnknown") with { Measured = FactValue.Text(division) });
        if (Text(request.CreditCode) is { } code && enterprises.FindByCreditCode(code) is null) refusals.Add(Refusal.OfField("creditCode", "WebhookEnterpriseUnknown") with { Measured = FactValue.Text(code) });
        return refusals;
    }

    // No name and password in it: addresses are shown and logged.
    private bool IsAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (options.Value.AllowHttp && uri.Scheme == Uri.UriSchemeHttp)) && uri is { UserInfo: "", Fragment: "", Host.Length: > 0 };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
