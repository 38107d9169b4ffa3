using System.Security.Cryptography;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Welding.Chip.Logic;

/// <content>What the chip does with what it is sent.</content>
public sealed partial class ChipLogic
{
    /// <summary>A message arrived on one of the chip's own downlink channels; others are counted and forgotten.</summary>
    public void Receive(ChipTick now, string channel, ReadOnlySpan<byte> payload)
    {
        Advance(now);
        try
        {
            switch (channel)
            {
                case ChipTopics.Time: TakeTime(now, ChipJson.Read<SignedDownlink>(payload)); break;
                case ChipTopics.Grant: TakeGrant(now, ChipJson.Read<SignedDownlink>(payload)); break;
                case ChipTopics.Config: TakeConfig(now, ChipJson.Read<SignedDownlink>(payload)); break;
                case ChipTopics.Revoke: TakeRevoke(now, ChipJson.Read<RevokeCommand>(payload)); break;
                case ChipTopics.Test: TakeTest(now, ChipJson.Read<TestCommand>(payload)); break;
                default: UnreadableDownlinks++; break;
            }
        }
        catch (UnreadableMessageException)
        {
            UnreadableDownlinks++;
        }
    }

    // Not acknowledged: the next hello says whether the chip still asks.
    private void TakeTime(ChipTick now, SignedDownlink downlink)
    {
        if (_nonce is not { } asked || now.Up - _helloUp > ChipTimings.TimeAnswer) return;
        if (SignedTime.Verify(downlink.Token(), _keys) is not { } time || time.Chip != _identity.Serial || !CryptographicOperations.FixedTimeEquals(time.Nonce, asked)) return;
        _nonce = null;
        // The server read its clock somewhere between question and answer: the middle is wrong by half the way at most.
        _clock.Set(time.UnixMilliseconds + (now.Up - _helloUp) / 2, now);
        Advance(now);
    }

    private void TakeGrant(ChipTick now, SignedDownlink downlink)
    {
        if (IsDone(downlink.Id))
        {
            Acknowledge(now, downlink.Id, null);
            return;
        }

        var grant = GrantToken.Verify(downlink.Token(), _keys);
        var clock = _clock.Read(now);
        var refusal = GrantRule.Check(grant, downlink.Id, new ChipFacts(_identity.Serial, _memory.Machine, _memory.Counter, clock, Session, _memory.Session, Obstacle));
        var isRenewal = grant?.Session == Session;
        if (refusal is null) refusal = Obey(now, grant!, clock!.Value, isRenewal);
        Acknowledge(now, downlink.Id, refusal, refusal is null && !isRenewal ? RelayReason.Grant : null);
    }

    private ChipRefusal? Obey(ChipTick now, GrantClaims grant, long clock, bool isRenewal)
    {
        // The counter is written before the relay closes: whatever happens afterwards, this grant is used up.
        var memory = _memory with { Counter = grant.Counter, Session = grant.Session };
        if (!TrySave(memory)) return ChipRefusal.Unknown;
        _memory = memory;
        // Whoever welds comes first: what was measured with power is no self-test.
        if (_test is { } test) TellTest(now, test.Downlink, ChipRefusal.Busy);
        if (!isRenewal)
        {
            Open(now, RelayReason.Stop);
            FlushTelemetry(now);
        }

        _lease = Lease.Of(grant, clock, now, _lease);
        return null;
    }

    private void TakeRevoke(ChipTick now, RevokeCommand revoke)
    {
        Guid? ended = null;
        var reason = revoke.Reason == RevokeCommand.StopReason ? RelayReason.Stop : RelayReason.Revoke;
        if (!IsDone(revoke.Id))
        {
            if (_lease is { } lease && (lease.Session == revoke.Session || lease.Counter <= revoke.Counter)) ended = Cut(now);

            // Not signed: a forged one must not be able to use up all counters that there are.
            if (revoke.Counter > _memory.Counter && revoke.Counter - _memory.Counter <= ChipTimings.MostCounterRise)
            {
                _memory = _memory with { Counter = revoke.Counter };
                if (!TrySave(_memory))
                {
                    Acknowledge(now, revoke.Id, ChipRefusal.Unknown, reason, ended);
                    return;
                }
            }
        }

        Acknowledge(now, revoke.Id, null, reason, ended);
    }

    // Moves nothing and remembers nothing: the relay stays as it is, which is open.
    private void TakeTest(ChipTick now, TestCommand test)
    {
        if (IsRelayClosed || (_test is { } running && running.Downlink != test.Id)) TellTest(now, test.Id, ChipRefusal.Busy);
        else _test ??= new SelfTest(test.Id, now.Up);
    }

    private void TakeConfig(ChipTick now, SignedDownlink downlink) => Acknowledge(now, downlink.Id, IsDone(downlink.Id) ? null : Apply(now, SignedConfig.Verify(downlink.Token(), _keys)));

    private ChipRefusal? Apply(ChipTick now, ConfigClaims? config)
    {
        if (config is null) return ChipRefusal.BadSignature;
        if (config.Chip != _identity.Serial) return ChipRefusal.WrongMachine;
        if (config.Version == _memory.ConfigVersion) return null;
        if (config.Version < _memory.ConfigVersion) return ChipRefusal.Counter;
        if (config.Settings.ClearsTamper && _guardian.IsOpened) return ChipRefusal.Tamper;
        var keys = _keys;
        try
        {
            if (config.Keys is not null) keys = TrustedKeys.Of(config.Keys);
        }
        catch (CryptographicException)
        {
            return ChipRefusal.Unknown;
        }

        var machine = config.Settings.ForgetsMachine ? null : config.Settings.Machine ?? _memory.Machine;
        var memory = _memory with
        {
            ConfigVersion = config.Version,
            Keys = config.Keys ?? _memory.Keys,
            Machine = machine,
            IsTampered = _memory.IsTampered && !config.Settings.ClearsTamper,
        };
        if (!TrySave(memory)) return ChipRefusal.Unknown;
        if (machine != _memory.Machine) Open(now, RelayReason.Revoke);
        (_memory, _keys) = (memory, keys);
        return null;
    }

    private bool IsDone(Guid downlink) => _done.Contains(downlink);

    private void Acknowledge(ChipTick now, Guid downlink, ChipRefusal? refusal, RelayReason? moved = null, Guid? ended = null)
    {
        // Only what was done is remembered; what was refused is judged anew when it comes again.
        if (refusal is null && !IsDone(downlink))
        {
            if (_done.Count >= MostAnswers) _done.Dequeue();
            _done.Enqueue(downlink);
        }

        var reason = moved == RelayReason.Grant || ended is not null ? moved : null;
        var seq = ++_seq;
        Add(seq, ChipTopics.Acknowledgement, new Acknowledgement(
            _memory.Boot, seq, now.Up, _clock.Read(now), downlink, refusal is null, refusal, IsRelayClosed, Session, _memory.Counter, reason, ended, reason is null ? null : Position));
    }
}
