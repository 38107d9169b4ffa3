using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>One connection: reads its packets one after another and says what the standard demands. Whatever is against the standard ends it.</summary>
internal sealed partial class MqttLink : IDisposable
{
    private readonly MqttEngine _engine;
    private readonly ConnectionContext _connection;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly long _begun;
    private ArrayBufferWriter<byte>? _behind;
    private Dictionary<ushort, string>? _aliases;
    private Task _flushing = Task.CompletedTask;
    private ConnectPacket? _greeting;
    private MqttSession? _session;
    private long _heard;
    private long _stalled;
    private bool _isFlushing;
    private bool _isBusy;
    private bool _isOver;
    private int _stops;

    public MqttLink(MqttEngine engine, ConnectionContext connection)
    {
        (_engine, _connection, _input, _output) = (engine, connection, connection.Transport.Input, connection.Transport.Output);
        _begun = engine.Now;
    }

    /// <summary>Messages that the client takes before it acknowledges one.</summary>
    public int ReceiveMaximum => _greeting?.Properties.ReceiveMaximum ?? ushort.MaxValue;

    /// <summary>False while the client is slow to take what it was sent.</summary>
    public bool CanTake => !_isFlushing && !_isOver;

    /// <summary>What is said when the client goes away without a word; null after a proper farewell.</summary>
    public Message? Will { get; private set; }

    /// <summary>Seconds between the end of the connection and the will.</summary>
    public uint WillDelay => _greeting?.WillDelay ?? 0;

    /// <summary>How long the session outlives the connection, in seconds.</summary>
    public uint SessionExpiry { get; private set; }

    private bool Is5 => _greeting?.Version == 5;

    private EngineSettings Settings => _engine.Settings;

    /// <summary>Reads until the connection ends, whoever ends it.</summary>
    public async Task RunAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception gone) when (gone is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            // The client went away, or a guard before the broker cut it off.
        }
        finally
        {
            Close();
            if (_session is not null) await _engine.EndAsync(this, _session);
            await _flushing;
            await _input.CompleteAsync();
            await _output.CompleteAsync();
        }
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Ends the connection from outside.</summary>
    public void Stop(Reason reason)
    {
        if (Interlocked.Exchange(ref _stops, 1) == 1) return;
        if (Is5 && _session is not null) Write(reason, PacketWriter.Farewell);
        Close();
        _input.CancelPendingRead();
    }

    /// <summary>Ends the connection if nothing was heard for too long, or nothing is taken.</summary>
    public void Watch(long now)
    {
        var answer = (long)Settings.AnswerTime.TotalMilliseconds;
        var isStalled = Volatile.Read(ref _stalled) is not 0 and var since && now - since > answer;
        if (isStalled || (_session is null && now - _begun > answer)) _connection.Abort(new ConnectionAbortedException("Too slow."));
        else if (_session is not null && _greeting is { KeepAlive: > 0 and var seconds } && !_isBusy && now - Volatile.Read(ref _heard) > seconds * 1500L) Stop(Reason.KeepAliveTimeout);
    }

    /// <summary>False for a message that came too late or is larger than the client takes.</summary>
    public bool IsWorthSending(Delivery delivery) =>
        !(delivery.Message.Ends <= _engine.Now) && (_greeting?.Properties.MaximumPacketSize is not { } most || PacketWriter.SizeOf(delivery, Is5, _engine.Now) <= most);

    public void Publish(Delivery delivery, bool isAgain) => Write((delivery, isAgain, Is5, _engine.Now), static (output, it) => PacketWriter.Publish(output, it.delivery, it.isAgain, it.Is5, it.Now));

    public void Acknowledge(byte first, ushort id, Reason reason = Reason.Success) =>
        Write((first, id, reason, Is5), static (output, it) => PacketWriter.Acknowledgement(output, it.first, it.id, it.reason, it.Is5));

    private async Task ReadAsync()
    {
        while (!_isOver)
        {
            var result = await _input.ReadAsync();
            if (result.IsCanceled) return;
            Volatile.Write(ref _heard, _engine.Now);
            var buffer = result.Buffer;
            try
            {
                _isBusy = true;
                while (!_isOver && TryTake(ref buffer, out var first, out var body)) await TakeAsync(first, body);
            }
            catch (MqttFault fault)
            {
                Refuse(fault);
                return;
            }
            finally
            {
                _isBusy = false;
                _input.AdvanceTo(buffer.Start, buffer.End);
            }

            Volatile.Write(ref _heard, _engine.Now);
            if (result.IsCompleted) return;
            // Who does not take answers gives no further work.
            await _flushing;
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out byte first, out ReadOnlySequence<byte> body)
    {
        (first, body) = (0, default);
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out first)) return false;
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (shift > 21) throw new MqttFault(Reason.Malformed, first);
            if (!reader.TryRead(out var next)) return false;
            length |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) break;
        }

        if (reader.Remaining < length) return false;
        body = buffer.Slice(reader.Position, length);
        buffer = buffer.Slice(body.End);
        return true;
    }

    private ValueTask TakeAsync(byte first, ReadOnlySequence<byte> body)
    {
        var reader = new PacketReader(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        if (_session is null) return first == 0x10 ? GreetAsync(reader) : throw new MqttFault(Reason.Malformed, first);
        switch (first)
        {
            case >= 0x30 and <= 0x3F: return PublishAsync(PublishPacket.Read(first, reader, Is5));
            case 0x40: _session.Acknowledged(AcknowledgementPacket.Read(reader, Is5).Id); break;
            case 0x50:
                var (received, reason) = AcknowledgementPacket.Read(reader, Is5);
                _session.Received(received, reason);
                break;
            // A client of 3.1 marks what it sends again.
            case 0x62 or 0x6A when first == 0x62 || _greeting!.Version == 3: return ReleaseAsync(AcknowledgementPacket.Read(reader, Is5).Id);
            case 0x70: _session.Completed(AcknowledgementPacket.Read(reader, Is5).Id); break;
            case 0x82 or 0x8A when first == 0x82 || _greeting!.Version == 3: Subscribe(SubscribePacket.Read(reader, Is5)); break;
            case 0xA2 or 0xAA when first == 0xA2 || _greeting!.Version == 3: Unsubscribe(UnsubscribePacket.Read(reader, Is5)); break;
            case 0xC0 when reader.IsAtEnd: Write(0, static (output, _) => PacketWriter.Pong(output)); break;
            case 0xE0: Leave(DisconnectPacket.Read(reader, Is5)); break;
            // Said twice, or what only a broker says.
            case 0x10 or < 0x30 or >= 0x90 and < 0xA0 or >= 0xB0 and < 0xC0 or >= 0xD0 and < 0xE0: throw new MqttFault(Reason.ProtocolError, first, isTold: false);
            default: throw new MqttFault(Reason.Malformed, first);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask PublishAsync(PublishPacket packet)
    {
        var session = _session!;
        var message = new Message
        {
            Topic = TopicOf(packet),
            Payload = packet.Payload,
            Quality = packet.Quality,
            IsRetained = packet.IsRetained,
            Properties = packet.Properties.Forwarded,
            Ends = PublishPacket.EndOf(packet.Properties.MessageExpiry, _engine.Now),
        };
        if (packet.Quality == 2 && session.IsRepeated(packet.Id))
        {
            Acknowledge(PacketWriter.PublishReceived, packet.Id);
            return;
        }

        var verdict = await _engine.Rules.PublishingAsync(session, message, _stop.Token);
        if (verdict.IsFarewell)
        {
            Stop(Reason.Unspecified);
            return;
        }

        var reason = verdict.Reason;
        if (packet.Quality == 2)
        {
            // It goes on when its sender releases it: until then it may come again.
            if (reason < Reason.Unspecified) session.Hold(packet.Id, verdict.IsTaken ? message : null, Is5 ? Settings.ReceiveMaximum : ushort.MaxValue);
            Acknowledge(PacketWriter.PublishReceived, packet.Id, reason);
            return;
        }

        if (verdict.IsTaken) reason = _engine.Route(message, session);
        if (packet.Quality == 1) Acknowledge(PacketWriter.PublishAcknowledged, packet.Id, reason);
    }

    private string TopicOf(PublishPacket packet)
    {
        if (packet.Properties.TopicAlias is not { } alias) return packet.Topic.Length > 0 ? packet.Topic : throw new MqttFault(Reason.ProtocolError);
        if (alias > Settings.TopicAliases) throw new MqttFault(Reason.TopicAliasInvalid);
        _aliases ??= [];
        if (packet.Topic.Length > 0) return _aliases[alias] = packet.Topic;
        return _aliases.GetValueOrDefault(alias) ?? throw new MqttFault(Reason.ProtocolError);
    }

    private ValueTask ReleaseAsync(ushort id)
    {
        if (_session!.Release(id) is { } message) _engine.Route(message, _session);
        // Unknown ones too: their sender did not hear that they were completed.
        Acknowledge(PacketWriter.PublishCompleted, id);
        return ValueTask.CompletedTask;
    }

    private void Subscribe(SubscribePacket packet)
    {
        var session = _session!;
        var (answers, heard, isFarewell) = (new List<Reason>(packet.Wishes.Count), new List<Delivery>(), false);
        foreach (var asked in packet.Wishes)
        {
            var wish = _greeting!.IsBridge ? asked with { IsNoLocal = true } : asked;
            var verdict = session.HasRoomFor(wish.Filter) ? _engine.Rules.Subscribing(session, wish.Filter) : new Verdict(Reason.QuotaExceeded, IsTaken: false);
            isFarewell |= verdict.IsFarewell;
            answers.Add(verdict.IsTaken ? (Reason)wish.Quality : verdict.Reason);
            if (verdict.IsTaken) _engine.Subscribe(new Subscription(session, wish, packet.Identifier), heard);
        }

        Write((packet.Id, answers, Is5), static (output, it) => PacketWriter.Answers(output, PacketWriter.SubscribeAcknowledged, it.Id, it.answers, it.Is5));
        foreach (var delivery in heard) session.Send(delivery);
        if (isFarewell) Close();
    }

    private void Unsubscribe(UnsubscribePacket packet)
    {
        List<Reason> answers = [.. packet.Filters.Select(filter => _engine.Unsubscribe(_session!, filter) ? Reason.Success : Reason.NoSubscriptionExisted)];
        Write((packet.Id, answers, Is5), static (output, it) => PacketWriter.Answers(output, PacketWriter.UnsubscribeAcknowledged, it.Id, it.answers, it.Is5));
    }

    private void Leave(DisconnectPacket packet)
    {
        if (packet.SessionExpiry is { } seconds)
        {
            if (SessionExpiry == 0 && seconds > 0) throw new MqttFault(Reason.ProtocolError);
            SessionExpiry = Math.Min(seconds, Settings.LongestSession);
        }

        if (packet.Reason != Reason.DisconnectWithWill) Will = null;
        Close();
    }

    // Nothing is written any more; what is written leaves.
    private void Close()
    {
        lock (_gate)
        {
            if (_isOver) return;
            _isOver = true;
        }

        _session?.Pause(this);
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection is over already.
        }
    }

    private void Write<T>(T said, Action<IBufferWriter<byte>, T> packet)
    {
        lock (_gate)
        {
            if (_isOver) return;
            if (_isFlushing)
            {
                packet(_behind ??= new ArrayBufferWriter<byte>(), said);
                return;
            }

            packet(_output, said);
            var flush = _output.FlushAsync();
            if (flush.IsCompletedSuccessfully)
            {
                _ = flush.Result;
                return;
            }

            (_isFlushing, _stalled) = (true, _engine.Now);
            _flushing = Task.Run(() => FinishAsync(flush));
        }
    }

    // The client is slow: what has to be said meanwhile is kept behind, messages wait in the session.
    private async Task FinishAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            while (true)
            {
                await flush;
                lock (_gate)
                {
                    if (_behind is not { WrittenCount: > 0 })
                    {
                        (_isFlushing, _stalled, _behind) = (false, 0, null);
                        break;
                    }

                    _output.Write(_behind.WrittenSpan);
                    _behind.ResetWrittenCount();
                    flush = _output.FlushAsync();
                }
            }

            _session?.Pump();
        }
        catch (Exception gone) when (gone is IOException or ConnectionAbortedException or OperationCanceledException or InvalidOperationException)
        {
            Close();
            _input.CancelPendingRead();
        }
    }
}
