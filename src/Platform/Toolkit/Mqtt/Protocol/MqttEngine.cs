using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>
/// A broker of MQTT 3.1, 3.1.1 and 5: sessions, subscriptions (shared ones too), retained messages, wills with delay, all three qualities of service. What clients may do is its owner's to say.
/// </summary>
internal sealed class MqttEngine(EngineSettings settings, IBrokerRules rules, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<MqttLink, bool> _links = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MqttSession> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<MqttSession> _asleep = [];
    private readonly Dictionary<string, (MqttSession Session, Message Message, long At)> _wills = new(StringComparer.Ordinal);
    private readonly SubscriptionTree _tree = new();
    private readonly RetainedMessages _retained = new(settings.MostRetained);
    private ITimer? _timer;
    private bool _isStopping;

    public EngineSettings Settings => settings;

    public IBrokerRules Rules => rules;

    /// <summary>Milliseconds of a clock that only goes forward.</summary>
    public long Now => (long)(clock.GetTimestamp() / (double)clock.TimestampFrequency * 1000);

    /// <summary>Begins to look after connections and sessions.</summary>
    public void Start() => _timer = clock.CreateTimer(_ => Watch(), null, Beat, Beat);

    /// <summary>Speaks MQTT on a connection until it ends.</summary>
    public async Task AcceptAsync(ConnectionContext connection)
    {
        using var link = new MqttLink(this, connection);
        _links[link] = true;
        try
        {
            if (_isStopping) return;
            await link.RunAsync();
        }
        finally
        {
            _links.TryRemove(link, out _);
        }
    }

    /// <summary>True while a client of this name is connected.</summary>
    public bool IsConnected(string clientId)
    {
        lock (_gate) return _sessions.GetValueOrDefault(clientId)?.Owner is not null;
    }

    /// <summary>Ends the connections of the clients that the owner means.</summary>
    public void HangUp(Func<string, bool> isMeant)
    {
        List<MqttLink> meant;
        lock (_gate) meant = [.. _sessions.Values.Where(session => session.Owner is not null && isMeant(session.ClientId)).Select(session => session.Owner!)];
        meant.ForEach(link => link.Stop(Reason.NotAuthorized));
    }

    /// <summary>Ends every connection and waits until the owner has heard of it, at most for the answer time.</summary>
    public async Task StopAsync(CancellationToken stop)
    {
        _isStopping = true;
        foreach (var link in _links.Keys) link.Stop(Reason.ServerShuttingDown);
        var begun = Now;
        while (!_links.IsEmpty && Now - begun < settings.AnswerTime.TotalMilliseconds && !stop.IsCancellationRequested) await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
    }

    /// <summary>Opens or resumes a client's session for a connection; an older connection of the same client ends. No session when there are too many.</summary>
    public async ValueTask<(MqttSession? Session, bool IsPresent)> BeginAsync(MqttLink link, string clientId, bool isClean, bool isLasting)
    {
        MqttSession? session, gone = null;
        MqttLink? older;
        var wills = new List<(MqttSession, Message)>();
        bool isPresent;
        lock (_gate)
        {
            _sessions.TryGetValue(clientId, out session);
            older = session?.Owner;
            // A session that was to end with its connection ends when another takes its place.
            var hasEnded = session is not null && (isClean || older is { SessionExpiry: 0 } || (older is null && session.Ends <= Now));
            if (hasEnded || session is null)
            {
                if (isLasting && _sessions.Count >= settings.MostSessions) return (null, false);
                gone = session;
                if (gone is not null)
                {
                    Drop(gone);
                    gone.Owner = null;
                }

                _sessions[clientId] = session = new MqttSession(clientId, settings);
            }

            isPresent = gone is null && (older is not null || _asleep.Contains(session));
            _asleep.Remove(session);
            (session.Owner, session.Ends) = (link, long.MaxValue);
            // The client came back: its will is spoken only if its time had come before.
            if (_wills.Remove(clientId, out var waiting) && waiting.At <= Now) wills.Add((waiting.Session, waiting.Message));
            if (older is { Will: { } will, WillDelay: 0 } && gone is not null && settings.HasWillsAtTakeOver) wills.Add((gone, will));
        }

        if (older is not null)
        {
            older.Stop(Reason.SessionTakenOver);
            await rules.DisconnectedAsync(gone ?? session, isTakenOver: true);
        }

        foreach (var (sender, will) in wills) await SpeakAsync(sender, will);
        return (session, isPresent);
    }

    /// <summary>A connection ended; its session ends with it or waits for its client.</summary>
    public async ValueTask EndAsync(MqttLink link, MqttSession session)
    {
        var wills = new List<(MqttSession, Message)>();
        lock (_gate)
        {
            if (session.Owner != link) return;
            session.Owner = null;
            session.Ends = link.SessionExpiry == uint.MaxValue ? long.MaxValue : Now + link.SessionExpiry * 1000L;
            if (link.SessionExpiry == 0) Drop(session);
            else _asleep.Add(session);
            if (link.Will is { } will)
            {
                // A will waits for its client also when the session does not.
                if (link.WillDelay == 0 || _wills.Count >= settings.MostSessions) wills.Add((session, will));
                else _wills[session.ClientId] = (session, will, Math.Min(Now + link.WillDelay * 1000L, link.SessionExpiry == 0 ? long.MaxValue : session.Ends));
            }
        }

        var speaking = wills.Select(will => SpeakAsync(will.Item1, will.Item2).AsTask()).ToList();
        await rules.DisconnectedAsync(session, isTakenOver: false);
        await Task.WhenAll(speaking);
    }

    /// <summary>Enters a subscription and adds what its session is to hear of retained messages.</summary>
    public void Subscribe(Subscription subscription, List<Delivery> heard)
    {
        var wish = subscription.Wish;
        var isNew = _tree.Add(subscription);
        subscription.Session.Remember(subscription);
        TopicFilter.TrySplit(wish.Filter, out var group, out var filter);
        if (group is not null || wish.RetainHandling == 2 || (wish.RetainHandling == 1 && !isNew)) return;
        foreach (var message in _retained.Find(filter, Now)) heard.Add(new Delivery(message, Math.Min(wish.Quality, message.Quality), isRetained: true, Identifiers(subscription)));
    }

    /// <summary>Takes a subscription away; false when there was none.</summary>
    public bool Unsubscribe(MqttSession session, string filter)
    {
        if (!session.Forget(filter)) return false;
        _tree.Remove(session, filter);
        return true;
    }

    /// <summary>Keeps a message if it is to be kept and hands it to whoever subscribed it: once to each session, with the best quality of its subscriptions.</summary>
    public Reason Route(Message message, MqttSession sender)
    {
        if (message.IsRetained && !_retained.Keep(message)) return Reason.QuotaExceeded;
        var found = _tree.Find(message.Topic);
        foreach (var own in found.Where(subscription => subscription.Session != sender || !subscription.Wish.IsNoLocal).GroupBy(subscription => (subscription.Session, Shared: subscription.Wish.Filter.StartsWith("$share/", StringComparison.Ordinal) ? subscription.Wish.Filter : "")))
        {
            var quality = Math.Min(message.Quality, own.Max(subscription => subscription.Wish.Quality));
            var isRetained = message.IsRetained && own.Any(subscription => subscription.Wish.IsRetainAsPublished);
            own.Key.Session.Send(new Delivery(message, quality, isRetained, [.. own.Where(subscription => subscription.Identifier > 0).Select(subscription => subscription.Identifier)]));
        }

        return found.Count > 0 ? Reason.Success : Reason.NoMatchingSubscribers;
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync();
    }

    private static uint[] Identifiers(Subscription subscription) => subscription.Identifier > 0 ? [subscription.Identifier] : [];

    private async ValueTask SpeakAsync(MqttSession session, Message will)
    {
        var spoken = will with { Ends = PublishPacket.EndOf(will.Lifetime, Now) };
        var verdict = await rules.PublishingAsync(session, spoken, CancellationToken.None);
        if (verdict.IsTaken) Route(spoken, session);
    }

    private void Watch()
    {
        var now = Now;
        foreach (var link in _links.Keys) link.Watch(now);
        var wills = new List<(MqttSession, Message)>();
        lock (_gate)
        {
            foreach (var session in _asleep.Where(session => session.Ends <= now).ToList()) Drop(session);
            foreach (var (client, will) in _wills)
            {
                if (will.At > now) continue;
                _wills.Remove(client);
                wills.Add((will.Session, will.Message));
            }
        }

        foreach (var (session, will) in wills) _ = SpeakAsync(session, will).AsTask();
    }

    private void Drop(MqttSession session)
    {
        if (_sessions.GetValueOrDefault(session.ClientId) == session) _sessions.Remove(session.ClientId);
        _asleep.Remove(session);
        foreach (var filter in session.Filters) _tree.Remove(session, filter);
    }
}
