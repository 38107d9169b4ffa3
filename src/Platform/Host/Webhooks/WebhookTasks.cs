using Anlan.Toolkit.Data;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Webhooks;

/// <summary>Events that other systems never got.</summary>
internal sealed class WebhookTasks(AnlanDb db, WebhookIndex webhooks, IStringLocalizer<Words> words) : IDeskTasks
{
    public async Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var dead = await db.Set<WebhookDeadLetter>().GroupBy(l => l.Webhook).Select(group => new { Webhook = group.Key, Count = group.Count() }).ToListAsync(stop);
        return [.. dead.Select(of => new DeskTask("sound", words["Desk.Webhook", webhooks.Find(of.Webhook)?.Name ?? "", of.Count], words["Desk.Webhook.Why"], null, words["Desk.Webhook.Do"], $"/webhooks/{of.Webhook}"))];
    }
}
