using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Anlan.Toolkit.Mqtt;

/// <summary>How much one address and one device may take of the broker, section <c>Anlan:Broker</c>.</summary>
public sealed class BrokerOptions
{
    /// <summary>Connections from one address (of IPv6: one /64 network) at a time. Default 2,000; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsPerAddress { get; set; } = 2_000;

    /// <summary>New connections from one address within a minute. Default 6,000; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int ConnectsPerMinute { get; set; } = 6_000;

    /// <summary>Addresses without these two limits, with commas in between: a proxy there speaks for everybody. Default: this machine.</summary>
    public string Unlimited { get; set; } = "127.0.0.1, ::1";

    /// <summary>Connections of one device at a time: its own and its technicians' tools. Default 4; 1 to 100.</summary>
    [Range(1, 100)]
    public int ConnectionsPerDevice { get; set; } = 4;

    /// <summary>Messages a second that one device may go on with; what comes faster waits at the door, nothing is dropped. Default 100; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MessagesPerSecond { get; set; } = 100;

    /// <summary>Messages in a burst of one device. Default 1,000; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MessageBurst { get; set; } = 1_000;

    /// <summary>How long a connection may take until its CONNECT is there, and until it takes what it is sent. Default 10 s; 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AnswerTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest keep-alive that a device may ask for; none at all is refused as well. A connection whose device went away without a word is noticed after one and a half of it. Default 5 min; 1 s to 18 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "18:00:00")]
    public TimeSpan LongestKeepAlive { get; set; } = TimeSpan.FromMinutes(5);

    /// <exception cref="FormatException">One is no address.</exception>
    internal IReadOnlyList<IPAddress> UnlimitedAddresses() => [.. Unlimited.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(IPAddress.Parse)];
}
