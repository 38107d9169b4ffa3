using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>Who asks to be let in.</summary>
internal sealed record Visitor(string ClientId, string? UserName, byte[]? Password, ushort KeepAlive, EndPoint? From, X509Certificate2? Certificate);

/// <summary>What becomes of a message or a subscription.</summary>
/// <param name="Reason">What a client of MQTT 5 is told.</param>
/// <param name="IsTaken">The broker goes on with it: subscribes, keeps, routes.</param>
/// <param name="IsFarewell">The connection ends, without an acknowledgement of a message.</param>
internal readonly record struct Verdict(Reason Reason, bool IsTaken, bool IsFarewell = false)
{
    /// <summary>As the standard says.</summary>
    public static Verdict Usual => new(Reason.Success, IsTaken: true);
}

/// <summary>What the owner of a broker decides. The protocol is the engine's.</summary>
internal interface IBrokerRules
{
    /// <summary>Lets a client in, or says why not. It does not block: it runs in a reconnect storm.</summary>
    ValueTask<Reason> AdmitAsync(Visitor visitor);

    /// <summary>A client was let in and told so; its packets are read next.</summary>
    ValueTask ConnectedAsync(MqttSession session);

    /// <summary>A client's connection ended, or a newer one took its place.</summary>
    ValueTask DisconnectedAsync(MqttSession session, bool isTakenOver);

    /// <summary>Judges one filter of a subscription.</summary>
    Verdict Subscribing(MqttSession session, string filter);

    /// <summary>Judges a message, wills included. It is acknowledged when this has completed; the client's next packet is read then.</summary>
    ValueTask<Verdict> PublishingAsync(MqttSession session, Message message, CancellationToken stop);
}
