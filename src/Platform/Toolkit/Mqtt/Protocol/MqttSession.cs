namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>What the broker keeps of one client: subscriptions, messages on their way to it, messages of quality 2 from it that are not finished. Section 4.1 of the standard.</summary>
internal sealed class MqttSession(string clientId, EngineSettings settings)
{
    private readonly Lock _gate = new();
    private OrderedDictionary<ushort, Delivery>? _sent;
    private Queue<Delivery>? _waiting;
    private Dictionary<ushort, Message?>? _received;
    private HashSet<ushort>? _repeated;
    private Dictionary<string, Subscription>? _subscriptions;
    private MqttLink? _link;
    private int _window;
    private ushort _lastId;

    public string ClientId => clientId;

    /// <summary>The connection it belongs to, null while its client is away. The engine's.</summary>
    public MqttLink? Owner { get; set; }

    /// <summary>When a session whose client is away is forgotten, in the engine's milliseconds. The engine's.</summary>
    public long Ends { get; set; } = long.MaxValue;

    /// <summary>True while the client can be sent something.</summary>
    public bool IsConnected => Volatile.Read(ref _link) is not null;

    /// <summary>Filters it has subscribed.</summary>
    public IReadOnlyCollection<string> Filters
    {
        get
        {
            lock (_gate) return _subscriptions is null ? [] : [.. _subscriptions.Keys];
        }
    }

    /// <summary>False when it has as many subscriptions as one session may have, and this would be another.</summary>
    public bool HasRoomFor(string filter)
    {
        lock (_gate) return (_subscriptions?.Count ?? 0) < settings.MostSubscriptions || _subscriptions!.ContainsKey(filter);
    }

    public void Remember(Subscription subscription)
    {
        lock (_gate) (_subscriptions ??= new(StringComparer.Ordinal))[subscription.Wish.Filter] = subscription;
    }

    public bool Forget(string filter)
    {
        lock (_gate) return _subscriptions?.Remove(filter) == true;
    }

    /// <summary>Hands a message over: it is sent, waits for room, or, with quality 0 and a client that is away, is dropped. False when nobody is there to take it now.</summary>
    public bool Send(Delivery delivery)
    {
        lock (_gate)
        {
            if (_link is null && delivery.Quality == 0) return false;
            if (delivery.Quality > 0) delivery.Id = NextId();
            if (_waiting is not { Count: > 0 } && HasRoom(delivery)) Begin(delivery);
            else
            {
                _waiting ??= new();
                if (_waiting.Count >= settings.MostWaiting) _waiting.Dequeue();
                _waiting.Enqueue(delivery);
            }

            return _link is not null;
        }
    }

    /// <summary>The client is there: what it did not acknowledge goes out again, then what waits.</summary>
    public void Resume(MqttLink link)
    {
        lock (_gate)
        {
            // A newer connection took its place meanwhile.
            if (Owner != link) return;
            (_link, _window, _repeated) = (link, Math.Min(link.ReceiveMaximum, settings.Window), null);
            foreach (var (id, delivery) in _sent ?? [])
            {
                if (delivery.IsReleased) link.Acknowledge(PacketWriter.PublishReleased, id);
                else link.Publish(delivery, isAgain: true);
            }

            PumpUnderGate();
        }
    }

    /// <summary>The client is gone.</summary>
    public void Pause(MqttLink link)
    {
        lock (_gate)
        {
            if (_link == link) _link = null;
        }
    }

    /// <summary>There may be room again.</summary>
    public void Pump()
    {
        lock (_gate) PumpUnderGate();
    }

    /// <summary>PUBACK.</summary>
    public void Acknowledged(ushort id)
    {
        lock (_gate)
        {
            if (_sent is null || !_sent.TryGetValue(id, out var delivery)) return;
            if (delivery.Quality != 1) throw new MqttFault(Reason.ProtocolError, isTold: false);
            _sent.Remove(id);
            PumpUnderGate();
        }
    }

    /// <summary>PUBREC: the client has it, or refuses it.</summary>
    public void Received(ushort id, Reason reason)
    {
        lock (_gate)
        {
            if (_sent is null || !_sent.TryGetValue(id, out var delivery))
            {
                _link?.Acknowledge(PacketWriter.PublishReleased, id, Reason.PacketIdNotFound);
                return;
            }

            if (delivery.Quality != 2) throw new MqttFault(Reason.ProtocolError, isTold: false);
            if (reason >= Reason.Unspecified)
            {
                _sent.Remove(id);
                PumpUnderGate();
                return;
            }

            delivery.IsReleased = true;
            _link?.Acknowledge(PacketWriter.PublishReleased, id);
        }
    }

    /// <summary>PUBCOMP.</summary>
    public void Completed(ushort id)
    {
        lock (_gate)
        {
            if (_sent is null || !_sent.TryGetValue(id, out var delivery)) return;
            if (!delivery.IsReleased) throw new MqttFault(Reason.ProtocolError, isTold: false);
            _sent.Remove(id);
            PumpUnderGate();
        }
    }

    /// <summary>True when a message of quality 2 with this number is unfinished: it came again. Once in a connection that may be.</summary>
    public bool IsRepeated(ushort id)
    {
        lock (_gate)
        {
            if (_received?.ContainsKey(id) != true) return false;
            return (_repeated ??= []).Add(id) ? true : throw new MqttFault(Reason.ProtocolError);
        }
    }

    /// <summary>Keeps a message of quality 2 until its sender releases it; null when it goes no further.</summary>
    public void Hold(ushort id, Message? message, int most)
    {
        lock (_gate)
        {
            _received ??= [];
            if (_received.Count >= most) throw new MqttFault(Reason.ReceiveMaximumExceeded);
            _received[id] = message;
        }
    }

    /// <summary>PUBREL: the message may go. Null when there is none, or it went already.</summary>
    public Message? Release(ushort id)
    {
        lock (_gate)
        {
            Message? message = null;
            _received?.Remove(id, out message);
            _repeated?.Remove(id);
            return message;
        }
    }

    private bool HasRoom(Delivery delivery) => _link is { CanTake: true } && (delivery.Quality == 0 || (_sent?.Count ?? 0) < _window);

    private void PumpUnderGate()
    {
        while (_waiting is { Count: > 0 } && HasRoom(_waiting.Peek())) Begin(_waiting.Dequeue());
        if (_waiting is { Count: 0 }) _waiting = null;
    }

    // Far more numbers than messages may wait: only one that was never acknowledged can be in the way.
    private ushort NextId()
    {
        do _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
        while (_sent?.ContainsKey(_lastId) == true);
        return _lastId;
    }

    private void Begin(Delivery delivery)
    {
        if (!_link!.IsWorthSending(delivery)) return;
        if (delivery.Quality > 0)
        {
            _sent ??= [];
            _sent[delivery.Id] = delivery;
        }

        _link.Publish(delivery, isAgain: false);
    }
}
