using System.Text.Json.Serialization;

namespace Anlan.Welding.Chip.Messages;

/// <summary>Why the relay is as it is (CHIP-UP-07).</summary>
[JsonConverter(typeof(WireNames<RelayReason>))]
public enum RelayReason
{
    /// <summary>A grant was accepted.</summary>
    Grant,
    /// <summary>The welder stopped on the phone: a revoke with reason <c>stop</c>; or another session's grant took its place.</summary>
    Stop,
    /// <summary>The lease ended by clock or by uptime.</summary>
    LeaseEnd,
    /// <summary>A revoke arrived.</summary>
    Revoke,
    /// <summary>Too hot.</summary>
    OverTemperature,
    /// <summary>Gas alarm.</summary>
    Gas,
    /// <summary>Opened or moved by force.</summary>
    Tamper,
    /// <summary>The contact does not do what the chip tells it, or the chip's memory cannot be written.</summary>
    Fault,
    /// <summary>Power came back; the relay is open.</summary>
    Restart,
    /// <summary>The stop button on the machine.</summary>
    Button,
}

/// <summary>What an event is about (CHIP-EVENT-02).</summary>
[JsonConverter(typeof(WireNames<ChipEventKind>))]
public enum ChipEventKind
{
    /// <summary>Opened or moved by force.</summary>
    Tamper,
    /// <summary>Too hot; value in °C.</summary>
    OverTemperature,
    /// <summary>Gas alarm.</summary>
    Gas,
    /// <summary>The contact does not do what the chip tells it.</summary>
    RelayFault,
    /// <summary>Arc current while the relay is open; value in amperes.</summary>
    ArcWithoutGrant,
    /// <summary>Stop button pressed.</summary>
    Button,
}

/// <summary>Why a chip refused a downlink (CHIP-ACK-03).</summary>
[JsonConverter(typeof(WireNames<ChipRefusal>))]
public enum ChipRefusal
{
    /// <summary>Not signed by a trusted key, or not readable.</summary>
    BadSignature,
    /// <summary>For another machine or another chip, or the chip is not fitted to a machine.</summary>
    WrongMachine,
    /// <summary>The window has not begun.</summary>
    NotYet,
    /// <summary>The window is over, the session is over, or it ended on this chip already.</summary>
    Expired,
    /// <summary>The counter or version is not higher than the highest one known.</summary>
    Counter,
    /// <summary>The clock is not trusted.</summary>
    Clock,
    /// <summary>The chip was tampered with and nobody cleared it.</summary>
    Tamper,
    /// <summary>The contact does not do what the chip tells it.</summary>
    RelayFault,
    /// <summary>Gas alarm now.</summary>
    Gas,
    /// <summary>Too hot now.</summary>
    OverTemperature,
    /// <summary>The machine has power, or another self-test runs: no self-test now.</summary>
    Busy,
    /// <summary>Any other reason, such as limits of the protocol not kept.</summary>
    Unknown,
}
