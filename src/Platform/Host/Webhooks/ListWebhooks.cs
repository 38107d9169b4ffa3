using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Webhooks;

/// <summary>Systems that are told what happens, by name; also as a file, and one by itself.</summary>
internal sealed class ListWebhooks(WebhookIndex webhooks, WebhookRows rows, CityCalendar calendar, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/webhooks", (string? search, ListWebhooks slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size, search), stop))
            .RequirePermission(WebhooksPermissions.View).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Systems that are told what happens; search by name and address");
        api.MapGet("/webhooks/export", (string? search, ListWebhooks slice, CancellationToken stop) => slice.ExportAsync(search, stop))
            .RequirePermission(WebhooksPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Export the list of webhooks");
        api.MapGet("/webhooks/{webhook:guid}", (Guid webhook, ListWebhooks slice, CancellationToken stop) => slice.OneAsync(webhook, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.View).Produces<WebhookRow>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("How one webhook does");
    }

    public async Task<Page<WebhookRow>> RunAsync(PageRequest request, CancellationToken stop)
    {
        var found = Find(request.Term);
        return new Page<WebhookRow>(await rows.ReadAsync([.. found.Skip(request.Skip).Take(request.Take)], stop), found.Count);
    }

    public async Task<Outcome<WebhookRow>> OneAsync(Guid id, CancellationToken stop) =>
        webhooks.Find(id) is { } webhook ? (await rows.ReadAsync([webhook], stop))[0] : new Refusal("WebhookUnknown");

    private async Task<IResult> ExportAsync(string? search, CancellationToken stop) => CsvFile.Of(
        $"webhooks-{calendar.Today:yyyy-MM-dd}",
        [words["Webhooks.Name"], words["Webhooks.Address"], words["Webhooks.Types"], words["Webhooks.Area"], words["Webhooks.Enterprise"], words["Webhooks.State"], words["Webhooks.Arrived"], words["Webhooks.DeadLetters"]],
        (await rows.ReadAsync(Find(new PageRequest(1, 20, search).Term), stop)).Select(row => (IReadOnlyList<string?>)
            [row.Name, row.Address, string.Join(", ", row.Types.Select(type => words["Webhooks.Type." + type].Value)), row.Division, row.Enterprise, words["Webhooks.State." + row.State], $"{row.Arrived}", $"{row.DeadLetters}"]));

    private List<Webhook> Find(string? term) =>
        [.. webhooks.All.Where(webhook => term is null || webhook.Name.Contains(term, StringComparison.OrdinalIgnoreCase) || webhook.Address.Contains(term, StringComparison.OrdinalIgnoreCase)).OrderBy(webhook => webhook.Name, StringComparer.Ordinal)];
}
