using System.Collections.Concurrent;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Security;
using Anlan.Toolkit.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Anlan.Host.Webhooks;

/// <summary>
/// Tells other systems, each in the order of the log and at least once. A receiver that cannot be reached holds up its own events only, which lie in the log meanwhile; one that
/// keeps saying no to an event finds it put aside, and the next one comes.
/// </summary>
internal sealed partial class WebhookSender(
    WebhookIndex webhooks, HotLog log, LogKinds kinds, IEnumerable<IWebhookEvents> sources, WebhookPost post, PersonalFields fields, IServiceScopeFactory scopes, IOptions<WebhooksOptions> options, TimeProvider clock,
    ILogger<WebhookSender> logger) : BackgroundService
{
    private const int ReadAtOnce = 500;
    private const int MostInATurn = 200;

    /// <summary>So many entries that concern nobody are passed over before that is written down: a restart looks at them again.</summary>
    private const int Unwritten = 5_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Guid, long> _passed = new();

    /// <summary>Gives every webhook a turn, side by side; how many events arrived.</summary>
    public async Task<int> SendDueAsync(CancellationToken stop)
    {
        foreach (var gone in _passed.Keys.Where(id => webhooks.Find(id) is null)) _passed.TryRemove(gone, out _);
        return (await Task.WhenAll(webhooks.Active.Select(webhook => TurnAsync(webhook, stop)))).Sum();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                while (await SendDueAsync(stoppingToken) > 0)
                {
                }
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogBroken(failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> TurnAsync(Webhook webhook, CancellationToken stop)
    {
        // Most turns find nothing new.
        if (_passed.TryGetValue(webhook.Id, out var passed) && passed == log.LastSeq) return 0;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        if (await db.Set<WebhookProgress>().SingleOrDefaultAsync(p => p.Webhook == webhook.Id, stop) is not { } progress || progress.NotBefore > clock.GetUtcNow()) return 0;

        var secret = Webhook.Sealing.Open(fields, webhook, "secret");
        var arrived = await SendAgainAsync(db, webhook, secret, progress, stop);
        var (from, position) = (progress.Arrived, Math.Max(passed, progress.Position));
        while (progress.Arrived - from < MostInATurn && log.Read(position, ReadAtOnce, kinds) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                if (sources.Select(source => source.Of(record)).FirstOrDefault(happened => happened is not null) is { } happened && webhook.Wants(happened) && !await SendAsync(db, webhook, secret, progress, record, happened, stop)) return arrived;
                position = record.Seq;
            }
        }

        _passed[webhook.Id] = position;
        if (progress.Arrived > from || position - progress.Position > Unwritten)
        {
            progress.Position = position;
            await db.SaveChangesAsync(stop);
        }

        return arrived + (int)(progress.Arrived - from);
    }

    /// <summary>One attempt; true when the event is done with: it arrived, or was put aside.</summary>
    private async Task<bool> SendAsync(AnlanDb db, Webhook webhook, string secret, WebhookProgress progress, LogRecord record, WebhookEvent happened, CancellationToken stop)
    {
        var id = record.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var body = post.Write(id, happened);
        var answer = await post.SendAsync(webhook.Address, secret, id, body, stop);
        var now = clock.GetUtcNow();
        if (answer.IsTaken)
        {
            (progress.Attempts, progress.FailingSince, progress.Said, progress.ArrivedAt) = (0, null, null, now);
            progress.Arrived++;
            return true;
        }

        progress.Attempts++;
        progress.FailingSince ??= now;
        progress.Said = answer.Said;
        progress.NotBefore = now + TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(progress.Attempts, 16))));
        progress.Position = record.Seq - 1;
        // Also where nothing can be written now: what arrived before is not sent again by this process.
        _passed[webhook.Id] = progress.Position;
        if (answer.IsAnswered ? progress.Attempts >= options.Value.MostRefusals : now - progress.FailingSince >= options.Value.GiveUpAfter) await PutAsideAsync(db, webhook, progress, record, happened, body, stop);
        await db.SaveChangesAsync(stop);
        _passed[webhook.Id] = progress.Position;
        LogFailed(webhook.Id, record.Seq, answer.Said, progress.Attempts);
        return false;
    }

    private async Task PutAsideAsync(AnlanDb db, Webhook webhook, WebhookProgress progress, LogRecord record, WebhookEvent happened, string body, CancellationToken stop)
    {
        var waiting = await db.Set<WebhookDeadLetter>().CountAsync(l => l.Webhook == webhook.Id, stop);
        // Nothing is thrown away: from here on the log keeps what is to be told, until somebody has looked.
        if (waiting >= WebhookDeadLetter.Most) return;
        db.Add(new WebhookDeadLetter
        {
            Id = Guid.CreateVersion7(),
            Webhook = webhook.Id,
            Seq = record.Seq,
            Type = happened.Type,
            Subject = happened.Subject,
            At = happened.At,
            Body = body,
            Attempts = progress.Attempts,
            Said = progress.Said!,
            PutAsideAt = clock.GetUtcNow(),
        });
        (progress.Position, progress.Attempts, progress.NotBefore) = (record.Seq, 0, clock.GetUtcNow());
        LogPutAside(webhook.Id, record.Seq, progress.Said!);
    }

    /// <summary>Sends what a person wants sent again; one attempt each.</summary>
    private async Task<int> SendAgainAsync(AnlanDb db, Webhook webhook, string secret, WebhookProgress progress, CancellationToken stop)
    {
        var letters = await db.Set<WebhookDeadLetter>().Where(l => l.Webhook == webhook.Id && l.IsAgain).OrderBy(l => l.Seq).Take(MostInATurn).ToListAsync(stop);
        foreach (var letter in letters)
        {
            var answer = await post.SendAsync(webhook.Address, secret, letter.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture), letter.Body, stop);
            if (answer.IsTaken) db.Remove(letter);
            else (letter.IsAgain, letter.Said, letter.Attempts) = (false, answer.Said, letter.Attempts + 1);
            if (answer.IsTaken) (progress.ArrivedAt, progress.Arrived) = (clock.GetUtcNow(), progress.Arrived + 1);
            await db.SaveChangesAsync(stop);
        }

        return letters.Count;
    }

    /// <summary>Looks at a webhook anew: somebody wants something sent again.</summary>
    public void Wake(Guid webhook) => _passed.TryRemove(webhook, out _);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook}: entry {Seq} did not arrive ({Said}, attempt {Attempt}); it is tried again")]
    private partial void LogFailed(Guid webhook, long seq, string said, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhook {Webhook}: entry {Seq} was put aside ({Said}); look at it on the page of webhooks and send it again")]
    private partial void LogPutAside(Guid webhook, long seq, string said);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks could not be served; it is tried again")]
    private partial void LogBroken(Exception failed);
}
