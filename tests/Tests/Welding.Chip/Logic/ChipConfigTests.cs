using System.Security.Cryptography;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Tests.Welding.Chip.Logic;

public sealed class ChipConfigTests : IDisposable
{
    private readonly ChipBench _bench = ChipBench.WithTime();
    private readonly ECDsa _secondKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TokenSigner _second;

    public ChipConfigTests() => _second = new TokenSigner(_secondKey);

    public void Dispose()
    {
        _bench.Dispose();
        _second.Dispose();
        _secondKey.Dispose();
    }

    private ConfigClaims Config(long version, ChipSettings? settings = null, IReadOnlyList<byte[]>? keys = null) =>
        new(ChipBench.Serial, _bench.World, version, keys, settings ?? new ChipSettings());

    [Fact, Trait("Requirement", "CHIP-CONFIG-01")]
    public void Settings_of_an_unknown_key_or_for_another_chip_are_refused()
    {
        Assert.Equal(ChipRefusal.BadSignature, _bench.Send(Config(1), _second).Why);
        Assert.Equal(ChipRefusal.WrongMachine, _bench.Send(Config(1) with { Chip = "CHIP-0002" }).Why);
        Assert.Equal(0, _bench.Written.ConfigVersion);
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-02")]
    public void Versions_rise_the_same_one_is_confirmed_and_an_older_one_refused()
    {
        Assert.True(_bench.Send(Config(5)).Ok);
        Assert.True(_bench.Send(Config(5, new ChipSettings(Guid.CreateVersion7()))).Ok);

        Assert.Equal(ChipRefusal.Counter, _bench.Send(Config(4)).Why);
        Assert.Equal((5, ChipBench.Machine), (_bench.Written.ConfigVersion, _bench.Written.Machine));
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-03")]
    public void Keys_are_rotated_with_an_overlap()
    {
        var first = _bench.Server.PublicKey;
        Assert.Equal(ChipRefusal.BadSignature, _bench.Send(_bench.AGrant(), _second).Why);

        Assert.True(_bench.Send(Config(1, keys: [_second.PublicKey, first])).Ok);
        Assert.True(_bench.Send(_bench.AGrant(counter: 1)).Ok);
        Assert.True(_bench.Send(_bench.AGrant(counter: 2), _second).Ok);

        Assert.True(_bench.Send(Config(2, keys: [_second.PublicKey]), _second).Ok);
        Assert.Equal(ChipRefusal.BadSignature, _bench.Send(_bench.AGrant(counter: 3)).Why);
        Assert.True(_bench.Send(_bench.AGrant(counter: 3), _second).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-03")]
    public void Keys_survive_a_power_cut()
    {
        _bench.Send(Config(1, keys: [_second.PublicKey]));

        _bench.CutPower();
        _bench.SayHello();
        _bench.SendTime();
        Assert.False(_bench.Chip.IsClockTrusted(_bench.Now));
        _bench.SendTime(_second);

        Assert.True(_bench.Chip.IsClockTrusted(_bench.Now));
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-03")]
    public void An_empty_a_too_large_and_a_foreign_key_set_are_refused()
    {
        using var largeKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.False(_bench.Send(Config(1, keys: [])).Ok);
        Assert.False(_bench.Send(Config(1, keys: [.. Enumerable.Repeat(_second.PublicKey, 5)])).Ok);
        Assert.False(_bench.Send(Config(1, keys: [largeKey.ExportSubjectPublicKeyInfo()])).Ok);
        Assert.False(_bench.Send(Config(1, keys: [[1, 2, 3]])).Ok);

        Assert.True(_bench.Send(_bench.AGrant()).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-04")]
    public void The_chip_learns_its_machine_and_keeps_it()
    {
        var machine = Guid.CreateVersion7();
        Assert.True(_bench.Send(Config(1, new ChipSettings(machine))).Ok);

        Assert.Equal(ChipRefusal.WrongMachine, _bench.Send(_bench.AGrant()).Why);
        Assert.True(_bench.Send(_bench.AGrant() with { Machine = machine }).Ok);
        Assert.Equal(machine, _bench.Written.Machine);
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-04")]
    public void A_chip_taken_off_its_machine_opens_the_relay_and_accepts_nothing()
    {
        _bench.Send(_bench.AGrant());

        Assert.True(_bench.Send(Config(1, new ChipSettings(ForgetsMachine: true))).Ok);

        Assert.False(_bench.Chip.IsRelayClosed);
        Assert.Null(_bench.Written.Machine);
        Assert.Equal(ChipRefusal.WrongMachine, _bench.Send(_bench.AGrant(counter: 2)).Why);
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-04")]
    public void Settings_that_say_nothing_of_the_machine_leave_power_on()
    {
        _bench.Send(_bench.AGrant());

        _bench.Send(Config(1, new ChipSettings(ChipBench.Machine)));
        _bench.Send(Config(2));

        Assert.True(_bench.Chip.IsRelayClosed);
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-05")]
    public void Tampering_locks_also_after_a_power_cut_until_a_person_clears_it()
    {
        _bench.Sense(opened: true);
        _bench.Sense(opened: false);
        Assert.Equal(ChipRefusal.Tamper, _bench.Send(_bench.AGrant()).Why);
        _bench.CutPower();
        _bench.SayHello();
        _bench.SendTime();
        Assert.True(_bench.Last<Hello>(Anlan.Welding.Chip.ChipTopics.Hello).Tamper);
        Assert.Equal(ChipRefusal.Tamper, _bench.Send(_bench.AGrant()).Why);

        Assert.True(_bench.Send(Config(1, new ChipSettings(ClearsTamper: true))).Ok);

        Assert.True(_bench.Send(_bench.AGrant()).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-05")]
    public void Tampering_is_not_cleared_while_the_case_is_open()
    {
        _bench.Sense(opened: true);

        Assert.Equal(ChipRefusal.Tamper, _bench.Send(Config(1, new ChipSettings(ClearsTamper: true))).Why);

        Assert.True(_bench.Written.IsTampered);
        Assert.Equal(0, _bench.Written.ConfigVersion);
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-07")]
    [Trait("Requirement", "CHIP-MEM-02")]
    public void Settings_that_cannot_be_written_change_nothing()
    {
        _bench.MemoryFails = true;

        var answer = _bench.Send(Config(1, new ChipSettings(ForgetsMachine: true), [_second.PublicKey]));
        _bench.MemoryFails = false;

        Assert.Equal(ChipRefusal.Unknown, answer.Why);
        Assert.True(_bench.Send(_bench.AGrant()).Ok);
    }

    [Fact, Trait("Requirement", "CHIP-MEM-01")]
    public void The_memory_keeps_what_must_survive_and_the_boot_counter_rises()
    {
        _bench.Send(_bench.AGrant(counter: 3));
        _bench.Send(Config(2));

        _bench.CutPower();

        var memory = _bench.Chip.Memory;
        Assert.Equal((2, 3, ChipBench.Session, ChipBench.Machine, 2), (memory.Boot, memory.Counter, memory.Session, memory.Machine, memory.ConfigVersion));
    }

    [Fact, Trait("Requirement", "CHIP-MEM-01")]
    public void A_chip_that_cannot_count_its_boot_does_not_start()
    {
        _bench.MemoryFails = true;

        Assert.Throws<IOException>(_bench.CutPower);
    }
}
