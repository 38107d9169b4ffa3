using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Anlan.Tests.Platform.Toolkit.Mqtt;

/// <summary>The embedded broker on a free port, with devices <c>DEV-…</c> whose secret is <c>secret-DEV-…</c>, and handlers that the test holds in its hand.</summary>
internal sealed class BrokerBench : IDeviceAuthenticator, IConnectionObserver, IAsyncDisposable
{
    private readonly WebApplication _app;

    private BrokerBench(WebApplication app) => _app = app;

    public int Port { get; private set; }

    public MqttBroker Broker => _app.Services.GetRequiredService<MqttBroker>();

    public MqttCounters Counters => _app.Services.GetRequiredService<MqttCounters>();

    public RejectedUplinks Rejected => _app.Services.GetRequiredService<RejectedUplinks>();

    public HandlerInHand Handler { get; } = new("chip/hello");

    public ConcurrentQueue<string> Gone { get; } = [];

    public static async Task<BrokerBench> StartAsync(Action<BrokerOptions>? limits = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseGuardedMqtt()));
        BrokerBench? bench = null;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IDeviceAuthenticator>(_ => bench!);
        builder.Services.AddSingleton<IConnectionObserver>(_ => bench!);
        builder.Services.AddSingleton<IUplinkHandler>(_ => bench!.Handler);
        builder.Services.AddMqttBroker();
        if (limits is not null) builder.Services.Configure(limits);
        var app = builder.Build();
        bench = new BrokerBench(app);
        await app.StartAsync();
        bench.Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return bench;
    }

    public bool IsGenuine(string serial, ReadOnlySpan<byte> secret) => serial.StartsWith("DEV-", StringComparison.Ordinal) && Encoding.UTF8.GetString(secret) == "secret-" + serial;

    public ValueTask OnDisconnectedAsync(string device, CancellationToken stop)
    {
        Gone.Enqueue(device);
        return ValueTask.CompletedTask;
    }

    /// <summary>A connected client with a list of what it was sent.</summary>
    public async Task<Device> ConnectAsync(string serial, string? clientId = null, string? secret = null, MqttProtocolVersion version = MqttProtocolVersion.V311, string? will = null)
    {
        var device = new Device(new MqttClientFactory().CreateMqttClient());
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Port).WithProtocolVersion(version).WithClientId(clientId ?? serial)
            .WithCredentials(serial, secret ?? "secret-" + serial).WithTimeout(TimeSpan.FromSeconds(20));
        if (will is not null) options = options.WithWillTopic(will).WithWillPayload("gone");
        var result = await device.Client.ConnectAsync(options.Build());
        device.Code = result.ResultCode;
        return device;
    }

    /// <summary>Polls until a condition holds.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(10, deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Handler.Release();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>One client of the bench.</summary>
internal sealed class Device : IDisposable
{
    public Device(IMqttClient client)
    {
        Client = client;
        client.ApplicationMessageReceivedAsync += e =>
        {
            Received.Enqueue(Encoding.UTF8.GetString(e.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        client.DisconnectedAsync += _ =>
        {
            IsGone = true;
            return Task.CompletedTask;
        };
    }

    public IMqttClient Client { get; }

    public MqttClientConnectResultCode Code { get; set; }

    public ConcurrentQueue<string> Received { get; } = [];

    public bool IsGone { get; private set; }

    public Task<MqttClientPublishResult> PublishAsync(string topic, string payload) =>
        Client.PublishAsync(new MqttApplicationMessage { Topic = topic, Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce });

    public void Dispose() => Client.Dispose();
}

/// <summary>A handler that finishes, fails or waits as the test says.</summary>
internal sealed class HandlerInHand(string channel) : IUplinkHandler
{
    private TaskCompletionSource _gate = Open();

    public string Channel => channel;

    public ConcurrentQueue<(string Device, string Payload)> Taken { get; } = [];

    /// <summary>From now on messages wait.</summary>
    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _gate.TrySetResult();

    /// <summary>The messages that wait are lost: not durable.</summary>
    public void Fail() => _gate.TrySetException(new LogUnavailableException("disk full"));

    public async ValueTask HandleAsync(Uplink uplink, CancellationToken stop)
    {
        var text = Encoding.UTF8.GetString(uplink.Payload.Span);
        if (text == "malformed") throw new MalformedUplinkException("$: not JSON");
        Taken.Enqueue((uplink.Device, text));
        await _gate.Task;
    }

    private static TaskCompletionSource Open()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
