using Anlan.Toolkit.Mqtt;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Services;

namespace Anlan.Toolkit.Cluster;

/// <summary>What one process says to another, by name of the process and not of a grain: nobody else can be meant.</summary>
[Alias("Anlan.Cluster.IDoorway")]
internal interface IDoorway : IGrainService
{
    /// <summary>Asks the deciding process whether a device and its secret are genuine.</summary>
    [Alias("Genuine")]
    Task<bool> IsGenuineAsync(string device, byte[] secret);

    /// <summary>Tells the deciding process that a device's own connection begins at a door.</summary>
    [Alias("Connected")]
    Task ConnectedAsync(SiloAddress door, string device, long connection);

    /// <summary>Tells the deciding process that it ended.</summary>
    [Alias("Disconnected")]
    Task DisconnectedAsync(SiloAddress door, string device, long connection);

    /// <summary>Tells a process that has just begun to decide which devices are connected at a door.</summary>
    [Alias("Present")]
    Task PresentAsync(SiloAddress door, HeldConnection[] connections);

    /// <summary>Hands an uplink to the deciding process; answers when it is durable.</summary>
    [Alias("Take")]
    Task<UplinkAnswer> TakeAsync(string channel, string device, byte[] payload, DateTimeOffset at);

    /// <summary>Hands over what a door rejected.</summary>
    [Alias("Rejected")]
    Task RejectedAsync(RejectedNote[] messages, RejectedSum[] sums);

    /// <summary>Tells a door to send to a device. No answer: only the device's own acknowledgement counts.</summary>
    [OneWay, Alias("Deliver")]
    Task DeliverAsync(string device, string deviceClass, string channel, byte[] payload);

    /// <summary>Tells a door to end a device's connection; null = whichever it has, tools included.</summary>
    [OneWay, Alias("HangUp")]
    Task HangUpAsync(string device, long? connection);
}

/// <summary>A device's connection at a door.</summary>
/// <param name="Device">Serial.</param>
/// <param name="Connection">Number at that door.</param>
[GenerateSerializer, Alias("Anlan.Cluster.HeldConnection")]
internal readonly record struct HeldConnection([property: Id(0)] string Device, [property: Id(1)] long Connection);

/// <summary>What became of an uplink.</summary>
[GenerateSerializer, Alias("Anlan.Cluster.UplinkFate")]
internal enum UplinkFate
{
    /// <summary>Durable, or of no consequence.</summary>
    Taken = 0,

    /// <summary>No message of its channel.</summary>
    Malformed = 1,

    /// <summary>Taken; the device is to connect anew.</summary>
    HangUp = 2,

    /// <summary>Not durable.</summary>
    NotDurable = 3,
}

/// <summary>The answer to an uplink.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Text">Why, in English.</param>
[GenerateSerializer, Alias("Anlan.Cluster.UplinkAnswer")]
internal readonly record struct UplinkAnswer([property: Id(0)] UplinkFate Fate, [property: Id(1)] string? Text);

/// <summary>A <see cref="RejectedUplink"/> on its way.</summary>
[GenerateSerializer, Alias("Anlan.Cluster.RejectedNote")]
internal readonly record struct RejectedNote(
    [property: Id(0)] DateTimeOffset At, [property: Id(1)] int Kind, [property: Id(2)] string Source, [property: Id(3)] string? Device,
    [property: Id(4)] string Channel, [property: Id(5)] string Reason, [property: Id(6)] long Length, [property: Id(7)] byte[] Payload);

/// <summary>A <see cref="RejectedCount"/> on its way.</summary>
[GenerateSerializer, Alias("Anlan.Cluster.RejectedSum")]
internal readonly record struct RejectedSum([property: Id(0)] int Kind, [property: Id(1)] long Total, [property: Id(2)] long NotKept, [property: Id(3)] DateTimeOffset LastAt);
