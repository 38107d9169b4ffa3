using System.Globalization;

namespace Anlan.Simulator.Chips;

/// <summary>Where the broker listens.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="Tls">How the connection is secured; null = in clear.</param>
internal readonly record struct MqttAddress(string Host, int Port, MqttTls? Tls = null)
{
    /// <summary>Reads <c>host:port</c>.</summary>
    public static MqttAddress Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536
            ? new MqttAddress(text[..colon], port)
            : throw new FormatException($"{text} is not host:port.");
    }

    public override string ToString() => $"{Host}:{Port}";
}
