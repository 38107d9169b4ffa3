using System.Security.Cryptography;
using System.Text;
using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Tests.Welding.Chip.Logic;

/// <summary>A chip on the bench: a server's key, a memory that can be made to fail, and two counters that the test turns.</summary>
internal sealed class ChipBench : IChipStore, IDisposable
{
    public const string Serial = "CHIP-0001";
    public const long Noon = 1_790_000_000; // unix seconds
    private readonly ECDsa _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private ChipMemory _written;
    private int _nonces;

    public ChipBench()
    {
        Server = new TokenSigner(_ecdsa);
        _written = new ChipMemory { Machine = Machine, Keys = [Server.PublicKey] };
        Chip = new ChipLogic(new ChipIdentity(Serial, "1.0.0"), this);
    }

    public static Guid Machine { get; } = Guid.Parse("0198c0de-0000-7000-8000-00000000000a");

    public TokenSigner Server { get; }

    public ChipLogic Chip { get; private set; }

    /// <summary>Content of the non-volatile memory.</summary>
    public ChipMemory Written => _written;

    public bool MemoryFails { get; set; }

    /// <summary>Called whenever the memory is written.</summary>
    public Action<ChipMemory>? OnSave { get; set; }

    public ChipTick Now { get; private set; } = ChipTick.At(1_000);

    /// <summary>Unix seconds of the world outside.</summary>
    public long World { get; private set; } = Noon;

    public byte[] LastNonce { get; private set; } = [];

    ChipMemory IChipStore.Load() => _written;

    void IChipStore.Save(ChipMemory memory)
    {
        if (MemoryFails) throw new IOException("The flash is worn out.");
        OnSave?.Invoke(memory);
        _written = memory;
    }

    public static ChipBench WithTime()
    {
        var bench = new ChipBench();
        bench.SayHello();
        bench.SendTime();
        return bench;
    }

    public static ChipBench Powered()
    {
        var bench = WithTime();
        bench.Send(bench.AGrant());
        Assert.True(bench.Chip.IsRelayClosed);
        return bench;
    }

    /// <summary>Power goes and comes back after a while.</summary>
    public void CutPower()
    {
        Wait(5);
        Now = ChipTick.At(700);
        Chip = new ChipLogic(new ChipIdentity(Serial, "1.0.0"), this);
    }

    public void Wait(long seconds) => Tick(seconds * 1_000, seconds * 1_000);

    /// <summary>Lets the two counters run differently.</summary>
    public void Tick(long up, long rtc)
    {
        Now = new ChipTick(Now.Up + up, Now.Rtc + rtc);
        World += up / 1_000;
        Chip.Advance(Now);
    }

    /// <summary>Time passes without the chip being told.</summary>
    public void Sleep(long milliseconds) => Now = new ChipTick(Now.Up + milliseconds, Now.Rtc + milliseconds);

    public void SayHello()
    {
        LastNonce = new byte[16];
        LastNonce[0] = (byte)++_nonces;
        Chip.SayHello(Now, LastNonce);
    }

    public void SendTime(TokenSigner? signer = null, string serial = Serial, byte[]? nonce = null, long? unixMilliseconds = null) =>
        Receive(ChipTopics.Time, SignedDownlink.Of(Guid.CreateVersion7(), SignedTime.Sign(signer ?? Server, new TimeClaims(serial, unixMilliseconds ?? World * 1_000, nonce ?? LastNonce))));

    public GrantClaims AGrant(long counter = 1, Guid? session = null) => new(
        Guid.CreateVersion7(), Machine, Serial, session ?? Session, Guid.Parse("0198c0de-0000-7000-8000-00000000000c"), counter, World, World, World + 30, 600, World + 8 * 3_600);

    public static Guid Session { get; } = Guid.Parse("0198c0de-0000-7000-8000-00000000000b");

    public Acknowledgement Send(GrantClaims grant, TokenSigner? signer = null, Guid? id = null)
    {
        var downlink = id ?? grant.Downlink;
        Receive(ChipTopics.Grant, SignedDownlink.Of(downlink, GrantToken.Sign(signer ?? Server, grant)));
        return Last<Acknowledgement>(ChipTopics.Acknowledgement);
    }

    public Acknowledgement Send(ConfigClaims config, TokenSigner? signer = null, Guid? id = null)
    {
        Receive(ChipTopics.Config, SignedDownlink.Of(id ?? Guid.CreateVersion7(), SignedConfig.Sign(signer ?? Server, config)));
        return Last<Acknowledgement>(ChipTopics.Acknowledgement);
    }

    public Acknowledgement Revoke(long counter, Guid? session = null, string reason = "revoked", Guid? id = null)
    {
        Receive(ChipTopics.Revoke, new RevokeCommand(id ?? Guid.CreateVersion7(), session ?? Session, counter, reason));
        return Last<Acknowledgement>(ChipTopics.Acknowledgement);
    }

    public void Receive<T>(string channel, T message) where T : class, IChipMessage => Chip.Receive(Now, channel, ChipJson.Write(message));

    public void Receive(string channel, string payload) => Chip.Receive(Now, channel, Encoding.UTF8.GetBytes(payload));

    public void Sense(double amperes = 0, double temperature = 20, bool gas = false, bool opened = false, bool? contact = null) =>
        Chip.Sense(Now, new Senses(amperes, amperes > 0 ? 24 : 0, amperes > 5, temperature, gas, opened, contact));

    public T Last<T>(string channel) where T : class, IChipMessage => Sent<T>(channel)[^1];

    public List<T> Sent<T>(string channel) where T : class, IChipMessage =>
        [.. Chip.Pending.Where(uplink => uplink.Channel == channel).Select(uplink => ChipJson.Read<T>(uplink.Payload))];

    public StateReport LastState => Last<StateReport>(ChipTopics.State);

    public void Dispose()
    {
        Server.Dispose();
        _ecdsa.Dispose();
    }
}
