using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Messages;

/// <summary>
/// The one that sends. At least once: an attempt is on record before the message is handed over and its answer afterwards, so that a crash in between
/// shows as an attempt without an answer and the message goes out again under the same id. While a gateway cannot be reached, one message at a
/// time tries it, with growing pauses, and the others wait without losing attempts.
/// </summary>
public sealed partial class MessageSender(IServiceScopeFactory scopes, IEnumerable<IMessageGateway> gateways, IOptions<MessagesOptions> options, TimeProvider clock, ILogger<MessageSender> logger) : BackgroundService
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private readonly Dictionary<MessageChannel, (int Failures, DateTimeOffset Until)> _pauses = [];
    private readonly Lock _gate = new();

    /// <summary>Sends what is due on every channel; how many messages left.</summary>
    public async Task<int> SendDueAsync(CancellationToken stop)
    {
        await ExpireAsync(stop);
        var sent = await Task.WhenAll(gateways.Where(gateway => gateway.Place is not null).Select(gateway => SendAsync(gateway, stop)));
        return sent.Sum();
    }

    /// <summary>When a channel is tried again after its gateway could not be reached; null while it can.</summary>
    public DateTimeOffset? PausedUntil(MessageChannel channel)
    {
        lock (_gate)
        {
            return _pauses.TryGetValue(channel, out var pause) && pause.Until > clock.GetUtcNow() ? pause.Until : null;
        }
    }

    /// <inheritdoc />
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

    private async Task ExpireAsync(CancellationToken stop)
    {
        await using var scope = Open();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<AnlanDb>(), clock.GetUtcNow());
        var late = await db.Set<OutgoingMessage>().Where(m => m.State == MessageState.Waiting && m.ExpiresAt <= now).OrderBy(m => m.Id).Take(BatchSize).ToListAsync(stop);
        if (late.Count == 0) return;
        foreach (var message in late) message.End(MessageState.Expired, now);
        // Somebody may have sent one again this moment: the next turn looks anew.
        await db.TrySaveAsync(stop);
    }

    private async Task<int> SendAsync(IMessageGateway gateway, CancellationToken stop)
    {
        if (PausedUntil(gateway.Channel) is not null) return 0;
        List<Guid> due;
        await using (var scope = Open())
        {
            var (db, now) = (scope.ServiceProvider.GetRequiredService<AnlanDb>(), clock.GetUtcNow());
            due = await db.Set<OutgoingMessage>().Where(m => m.State == MessageState.Waiting && m.Channel == gateway.Channel && m.NotBefore <= now && m.ExpiresAt > now)
                .OrderBy(m => m.NotBefore).ThenBy(m => m.Id).Take(BatchSize).Select(m => m.Id).ToListAsync(stop);
        }

        var sent = 0;
        foreach (var id in due)
        {
            if (await SendAsync(gateway, id, stop) is not { } result) continue;
            if (result == AttemptResult.Unreachable)
            {
                Pause(gateway.Channel);
                break;
            }

            Resume(gateway.Channel);
            if (result == AttemptResult.Accepted) sent++;
        }

        return sent;
    }

    /// <summary>One attempt; null when the message is no longer to be sent.</summary>
    private async Task<AttemptResult?> SendAsync(IMessageGateway gateway, Guid id, CancellationToken stop)
    {
        await using var scope = Open();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<AnlanDb>(), clock.GetUtcNow());
        if (await db.Set<OutgoingMessage>().SingleOrDefaultAsync(m => m.Id == id, stop) is not { State: MessageState.Waiting } message) return null;
        var plain = scope.ServiceProvider.GetRequiredService<MessageBox>().Open(message);
        var attempt = new MessageAttempt { Id = Guid.CreateVersion7(now), Message = id, At = now };
        db.Add(attempt);
        message.Attempts++;
        // Should the program die over this message, it is not the first thing that it dies over again.
        message.NotBefore = now + TimeSpan.FromMinutes(1);
        if (!await db.TrySaveAsync(stop)) return null;

        var answer = await gateway.SendAsync(plain, stop);
        (attempt.Result, attempt.Said) = (answer.Result, answer.Said);
        Note(message, answer.Result, clock.GetUtcNow());
        // Also when the server is being stopped: what the gateway has taken is not to be sent again. A person who called it off a moment ago came too late.
        if (!await db.TrySaveAsync(CancellationToken.None)) await NoteAnewAsync(id, attempt, answer.Result);
        if (answer.Result == AttemptResult.Unreachable) LogUnreachable(gateway.Channel, id, message.Attempts);
        if (message.State == MessageState.Dead) LogDead(id, message.Attempts);
        return answer.Result;
    }

    private async Task NoteAnewAsync(Guid id, MessageAttempt attempt, AttemptResult result)
    {
        await using var scope = Open();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var message = await db.Set<OutgoingMessage>().SingleAsync(m => m.Id == id);
        db.Update(attempt);
        if (result == AttemptResult.Accepted || message.State == MessageState.Waiting) Note(message, result, clock.GetUtcNow());
        await db.SaveAsync();
    }

    private void Note(OutgoingMessage message, AttemptResult result, DateTimeOffset now)
    {
        switch (result)
        {
            case AttemptResult.Accepted:
                message.End(MessageState.Sent, now);
                break;
            case AttemptResult.Refused when ++message.Refusals >= options.Value.MostRefusals:
                message.End(MessageState.Dead, now);
                break;
            case AttemptResult.Refused:
                message.NotBefore = now + Wait(message.Refusals);
                break;
            default:
                // The channel pauses; the message itself is due as soon as it goes on.
                message.NotBefore = now;
                break;
        }
    }

    // 5, 10, 20 ... minutes, at most six hours: mail servers turn strangers away for a quarter of an hour.
    private static TimeSpan Wait(int refusals) => TimeSpan.FromMinutes(Math.Min(360, 5 * Math.Pow(2, Math.Min(refusals, 10) - 1)));

    private void Pause(MessageChannel channel)
    {
        lock (_gate)
        {
            var failures = _pauses.GetValueOrDefault(channel).Failures + 1;
            var pause = ShortestPause * Math.Pow(2, Math.Min(failures, 10) - 1);
            _pauses[channel] = (failures, clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause));
        }
    }

    private void Resume(MessageChannel channel)
    {
        lock (_gate)
        {
            _pauses.Remove(channel);
        }
    }

    private AsyncServiceScope Open()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        return scope;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The gateway for {Channel} could not be used for message {Message} (attempt {Attempt}); it is tried again")]
    private partial void LogUnreachable(MessageChannel channel, Guid message, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} was put aside after {Attempts} attempts; look at it on the page of outgoing messages")]
    private partial void LogDead(Guid message, int attempts);

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages could not be read or noted; it is tried again")]
    private partial void LogBroken(Exception failed);
}
