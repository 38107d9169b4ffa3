using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Webhooks;

/// <summary>How a webhook does.</summary>
public enum WebhookState
{
    /// <summary>Events arrive.</summary>
    Told,

    /// <summary>The last attempt failed; it is tried again.</summary>
    Failing,

    /// <summary>Somebody paused it: what happens waits in the log.</summary>
    Paused,
}

/// <summary>A webhook in a list. Public, because pages take it as a parameter.</summary>
/// <param name="Name">Whose system it is.</param>
/// <param name="Address">Where events are posted to.</param>
/// <param name="Types">Of which events it is told.</param>
/// <param name="Division">Name of the area; null = everywhere.</param>
/// <param name="Enterprise">Name of the enterprise; null = all.</param>
/// <param name="State">How it does.</param>
/// <param name="Said">What the last failed attempt came to; null while events arrive.</param>
/// <param name="FailingSince">Since when.</param>
/// <param name="ArrivedAt">When an event last arrived.</param>
/// <param name="Arrived">How many did.</param>
/// <param name="Waiting">Entries of the log that it has yet to be looked through for.</param>
/// <param name="DeadLetters">Events put aside.</param>
/// <param name="PauseReason">Why it is paused.</param>
public sealed record WebhookRow(
    Guid Id, string Name, string Address, IReadOnlyList<string> Types, string? Division, string? Enterprise, WebhookState State, string? Said, DateTimeOffset? FailingSince, DateTimeOffset? ArrivedAt, long Arrived, long Waiting,
    int DeadLetters, DateTimeOffset MadeAt, string? PauseReason);

/// <summary>Puts rows together.</summary>
internal sealed class WebhookRows(AnlanDb db, Toolkit.Log.HotLog log, IDivisions divisions, IEnterprises enterprises)
{
    public async Task<IReadOnlyList<WebhookRow>> ReadAsync(IReadOnlyList<Webhook> webhooks, CancellationToken stop)
    {
        var ids = webhooks.Select(webhook => webhook.Id).ToList();
        var progress = await db.Set<WebhookProgress>().AsNoTracking().Where(p => ids.Contains(p.Webhook)).ToDictionaryAsync(p => p.Webhook, stop);
        var dead = await db.Set<WebhookDeadLetter>().Where(l => ids.Contains(l.Webhook)).GroupBy(l => l.Webhook).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        return [.. webhooks.Select(webhook => Row(webhook, progress[webhook.Id], dead.GetValueOrDefault(webhook.Id)))];
    }

    private WebhookRow Row(Webhook webhook, WebhookProgress progress, int dead) => new(
        webhook.Id, webhook.Name, webhook.Address, webhook.Types, webhook.Division is { } area ? divisions.Find(area)?.Name ?? area.Value : null,
        webhook.Enterprise is { } enterprise ? enterprises.Find(new EnterpriseId(enterprise))?.Name : null,
        webhook.PausedAt is not null ? WebhookState.Paused : progress.FailingSince is not null ? WebhookState.Failing : WebhookState.Told,
        progress.Said, progress.FailingSince, progress.ArrivedAt, progress.Arrived, webhook.PausedAt is null && progress.FailingSince is null ? 0 : Math.Max(0, log.LastSeq - progress.Position), dead, webhook.MadeAt, webhook.PauseReason);
}
