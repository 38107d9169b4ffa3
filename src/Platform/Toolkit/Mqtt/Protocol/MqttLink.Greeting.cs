using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>How a connection begins, and how it is refused.</summary>
internal sealed partial class MqttLink
{
    private ValueTask GreetAsync(PacketReader reader)
    {
        ConnectPacket greeting;
        try
        {
            greeting = ConnectPacket.Read(reader);
        }
        catch (MqttFault fault) when (fault.Reason == Reason.UnsupportedVersion)
        {
            return RefuseAsync(fault.Reason);
        }

        return GreetAsync(greeting);
    }

    private async ValueTask GreetAsync(ConnectPacket greeting)
    {
        _greeting = greeting;
        if (greeting.Properties.HasAuthentication)
        {
            await RefuseAsync(Reason.BadAuthenticationMethod);
            return;
        }

        string? assigned = null;
        if (greeting.ClientId.Length == 0)
        {
            // 3.1 wants a name; 3.1.1 gives one only to a session that ends with its connection.
            if (greeting.Version == 3 || (greeting.Version == 4 && !greeting.IsClean))
            {
                await RefuseAsync(Reason.ClientIdNotValid);
                return;
            }

            greeting.ClientId = assigned = "auto-" + Guid.CreateVersion7().ToString("D");
        }

        var visitor = new Visitor(greeting.ClientId, greeting.UserName, greeting.Password, greeting.KeepAlive, _connection.RemoteEndPoint, _connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate);
        if (await _engine.Rules.AdmitAsync(visitor) is not Reason.Success and var refused)
        {
            await RefuseAsync(refused);
            return;
        }

        var wanted = Is5 ? greeting.Properties.SessionExpiry ?? 0 : greeting.IsClean ? 0 : uint.MaxValue;
        (SessionExpiry, Will) = (Math.Min(wanted, Settings.LongestSession), greeting.Will);
        var (session, isPresent) = await _engine.BeginAsync(this, greeting.ClientId, greeting.IsClean, isLasting: SessionExpiry > 0);
        if (session is null)
        {
            await RefuseAsync(Reason.QuotaExceeded);
            return;
        }

        var answer = PacketWriter.Greeting(Is5, isPresent && greeting.Version > 3, Reason.Success, Settings, Is5 ? assigned : null, Is5 && SessionExpiry != wanted ? SessionExpiry : null);
        _session = session;
        if (greeting.Properties.MaximumPacketSize < answer.Length)
        {
            Close();
            return;
        }

        Write(answer, static (output, it) => output.Write(it));
        session.Resume(this);
        await _engine.Rules.ConnectedAsync(session);
    }

    private ValueTask RefuseAsync(Reason reason)
    {
        Write(PacketWriter.Greeting(Is5, isSessionPresent: false, reason, Settings), static (output, it) => output.Write(it));
        Close();
        return ValueTask.CompletedTask;
    }

    private void Refuse(MqttFault fault)
    {
        if (fault.First is { } first) _connection.Features.Get<DoorWatch>()?.Refuse(RejectionKind.NoMqtt, [first]);
        if (Is5 && _session is not null && fault.IsTold) Write(fault.Reason, PacketWriter.Farewell);
        Close();
    }
}
