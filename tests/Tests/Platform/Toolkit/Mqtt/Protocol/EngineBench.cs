using System.Net;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using static Anlan.Tests.Platform.Toolkit.Mqtt.Protocol.RawClient;

namespace Anlan.Tests.Platform.Toolkit.Mqtt.Protocol;

/// <summary>The broker behind the door without topic rules; time is the test's.</summary>
public abstract class EngineBench : IAsyncLifetime
{
    private WebApplication _app = null!;

    private protected FakeTimeProvider Clock { get; } = new();

    private protected int Port { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseTestMqtt()));
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<IDeviceAuthenticator>(new Nobody());
        builder.Services.AddMqttBroker();
        builder.Services.AddMqttTestDoor();
        _app = builder.Build();
        await _app.StartAsync();
        Port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private protected async Task<RawClient> BackAsync(string id, byte[] properties) => await ConnectAsync(Port, id, clean: false, properties: properties, present: true);

    private protected async Task<RawClient> WithWillAsync(string id, uint delay = 0, uint expiry = 0, ushort keepAlive = 0)
    {
        var client = await OpenAsync(Port);
        await client.AskAsync(
            Packet(0x10, "MQTT", 5, 0x06, keepAlive, Properties(Four(0x11, expiry)), id, Properties(Four(0x18, delay)), "will/" + id, Text("gone")),
            Accepted(5));
        return client;
    }

    // The broker has noticed that a client is away.
    private protected async Task GoneAsync(RawClient other, string id)
    {
        await BrokerBench.UntilAsync(() => !_app.Services.GetRequiredService<MqttTestDoor>().IsConnected(id));
        await other.HearNothingAsync();
    }

    private sealed class Nobody : IDeviceAuthenticator
    {
        public bool IsGenuine(string serial, ReadOnlySpan<byte> secret) => false;
    }
}
