using Anlan.Contracts.Devices;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Security;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Chips;

/// <summary>Sends signed settings to chips: to which machine they belong, which keys they trust, that a person inspected them (CHIP-CONFIG).</summary>
internal sealed class ChipSettingsDesk(MachineIndex machines, GrantDesk desk, SigningKeys keys, HotLog log, IDeviceCommands commands, TimeProvider clock)
{
    /// <summary>Posts settings that wait for the chip's acknowledgement, and sends them if it is connected.</summary>
    /// <param name="serial">The chip.</param>
    /// <param name="settings">What changes.</param>
    /// <param name="trusted">New key set, or null.</param>
    /// <param name="account">Who caused it.</param>
    /// <param name="once">Posted at most once under this key, or null.</param>
    public async Task PostAsync(string serial, ChipSettings settings, IReadOnlyList<byte[]>? trusted, Guid account, string? once)
    {
        var now = clock.GetUtcNow();
        var downlink = Guid.CreateVersion7();
        // Milliseconds rise for ever, also across a restored database (CHIP-CONFIG-02).
        var version = now.ToUnixTimeMilliseconds();
        var payload = desk.SignSettings(downlink, new ConfigClaims(serial, now.ToUnixTimeSeconds(), version, trusted, settings));
        var body = new SettingsBody(serial, downlink, version, settings.Machine, settings.ForgetsMachine, settings.ClearsTamper, trusted is null ? null : [.. trusted.Select(key => Convert.ToHexStringLower(TrustedKeys.KidOf(key)))], account);
        var result = await log.AppendAsync(ChipLog.Settings.Draft(ChipLog.SubjectOf(serial), now, body) with { Once = once, Post = new Downlink(downlink, serial, "config", payload, null) });
        if (result.IsAppended) await commands.SendAsync(serial, "config", payload);
    }

    /// <summary>Tells a chip that lost its memory, or never had one, to which machine it belongs; whatever waits already is sent anyway.</summary>
    public async Task SendWhenMissingAsync(HelloBody hello)
    {
        if (hello.Config is > 0 || machines.FindByChip(hello.Serial) is not { } machine) return;
        if (log.DownlinksOf(hello.Serial, clock.GetUtcNow()).Any(waiting => waiting.Channel == "config")) return;
        await PostAsync(hello.Serial, new ChipSettings(machine.Id.Value), null, Guid.Empty, null);
    }

    /// <summary>True when a waiting downlink lifts the tamper lock.</summary>
    public bool ClearsTamper(Downlink? waiting)
    {
        if (waiting?.Channel != "config") return false;
        var trusted = TrustedKeys.Of([.. keys.Trusted.Select(key => key.PublicKey)]);
        return SignedConfig.Verify(ChipJson.Read<SignedDownlink>(waiting.Payload).Token(), trusted)?.Settings.ClearsTamper == true;
    }
}
