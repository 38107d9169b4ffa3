using System.Net;
using System.Text.Json;
using Anlan.Cameras.Sight.Wire;
using Microsoft.Extensions.Logging;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>Brings what lies in the spool to the server: events in their order, each clip after its event. A clip on a slow line holds no event up.</summary>
internal sealed partial class Deliveries(Spool spool, ServerLine line, string worker, TimeProvider clock, ILogger log)
{
    private const int MostBytes = 6_000_000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private bool _isDown;

    /// <summary>Delivers until it is stopped.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(RepeatAsync(EventsAsync, isWoken: true, stop), RepeatAsync(ClipAsync, isWoken: false, stop));

    // True when there may be more.
    private async Task<bool> EventsAsync(CancellationToken stop)
    {
        var (names, events, bytes) = (new List<SpoolName>(), new List<SightEvent>(), 0L);
        foreach (var name in spool.Oldest(clips: false, EventDelivery.Most))
        {
            if (spool.Read(name) is not { } happened) continue;
            bytes += happened.Picture?.Length * 4L / 3 ?? 0;
            if (events.Count > 0 && bytes > MostBytes) break;
            names.Add(name);
            events.Add(happened);
        }

        if (events.Count == 0) return false;
        DeliveryAnswer answer;
        try
        {
            answer = await line.DeliverAsync(new EventDelivery(worker, events), stop);
        }
        catch (HttpRequestException refused) when (IsForContent(refused.StatusCode) && (names.Count > 1 || refused.StatusCode != HttpStatusCode.InternalServerError))
        {
            // One of them is not to be had: only alone it is known which.
            return await OneByOneAsync(names, events, stop);
        }

        return Settle(names, answer) > 0;
    }

    // What the server stumbles over stays and holds up nobody else; what it will never take is put aside.
    private async Task<bool> OneByOneAsync(List<SpoolName> names, List<SightEvent> events, CancellationToken stop)
    {
        var settled = 0;
        foreach (var (name, happened) in names.Zip(events))
        {
            try
            {
                settled += Settle([name], await line.DeliverAsync(new EventDelivery(worker, [happened]), stop));
            }
            catch (HttpRequestException refused) when (IsForContent(refused.StatusCode))
            {
                if (refused.StatusCode == HttpStatusCode.InternalServerError) continue;
                spool.Refuse(name, refused.Message);
                settled++;
            }
        }

        return settled > 0 ? true : throw new HttpRequestException("The server fails at each event.");
    }

    private static bool IsForContent(HttpStatusCode? status) => status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity or HttpStatusCode.InternalServerError;

    private int Settle(List<SpoolName> names, DeliveryAnswer answer)
    {
        var (taken, settled) = (answer.Taken.ToHashSet(), 0);
        foreach (var name in names)
        {
            if (taken.Contains(name.Happened)) spool.Done(name);
            else if (answer.Refused.TryGetValue(name.Happened, out var reason)) spool.Refuse(name, reason);
            else continue;
            settled++;
        }

        return settled;
    }

    private async Task<bool> ClipAsync(CancellationToken stop)
    {
        if (spool.Oldest(clips: true, most: 1) is not [var name] || spool.Holds(name.Happened)) return false;
        HttpStatusCode status;
        await using (var content = spool.Open(name))
        {
            if (content is null)
            {
                spool.Done(name);
                return true;
            }

            status = await line.SendClipAsync(name, content, stop);
        }

        switch (status)
        {
            case HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent or HttpStatusCode.Gone:
                spool.Done(name);
                return true;
            case HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity:
                spool.Refuse(name, $"the server answered {(int)status}");
                return true;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new KeyRefusedException($"The server refuses the key ({(int)status}).");
            default:
                throw new HttpRequestException($"The server answered {(int)status}.", inner: null, status);
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task<bool>> once, bool isWoken, CancellationToken stop)
    {
        var wait = TimeSpan.Zero;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var isMore = await once(stop);
                if (_isDown && isMore) LogUp(log);
                if (isMore) _isDown = false;
                wait = TimeSpan.Zero;
                if (isMore) continue;
                if (isWoken) await spool.WaitAsync(Look, stop);
                else await Task.Delay(Look, clock, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException or JsonException or KeyRefusedException)
            {
                if (!_isDown) LogDown(log, broken.Message, spool.Count);
                _isDown = true;
                wait = wait == TimeSpan.Zero ? Look : wait * 2 < Longest ? wait * 2 : Longest;
                await Task.Delay(wait, clock, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing can be delivered: {Reason} What happens is kept, {Count} files wait")]
    private static partial void LogDown(ILogger logger, string reason, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "What was kept is being delivered again")]
    private static partial void LogUp(ILogger logger);
}
