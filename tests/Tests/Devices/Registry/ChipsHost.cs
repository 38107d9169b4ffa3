using System.Collections.Concurrent;
using System.Net.Http.Json;
using Anlan.Contracts.Devices;
using Anlan.Devices;
using Anlan.Devices.Presence;
using Anlan.Kernel.Places;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;
using Anlan.Toolkit.Security;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Devices.Registry;

/// <summary>The registry of chips without a broker: what it would send is written down.</summary>
internal sealed class ChipsHost : IDeviceSender, IAsyncDisposable
{
    private ModuleHost _host = null!;

    public ModuleHost Module => _host;

    public HttpClient Installer { get; private set; } = null!;

    public HttpClient Administrator { get; private set; } = null!;

    /// <summary>Devices whose connections were ended.</summary>
    public ConcurrentQueue<string> HungUp { get; } = [];

    public RejectedUplinks Rejected { get; } = new();

    public static async Task<ChipsHost> StartAsync()
    {
        var host = new ChipsHost();
        var module = new DevicesModule();
        host._host = await ModuleHost.StartAsync(module, (services, folder) =>
        {
            services.AddLocalization().AddSingleton(new CityCalendar(TimeZoneInfo.Utc, TimeProvider.System)).AddSingleton<LiveFeed>().AddSingleton<IDeviceSender>(host).AddSingleton(host.Rejected).AddSingleton<RejectedUplinkWriter>().AddSingleton<SigningKeys>()
                .AddSingleton<ILogStore>(_ => TestStore.OpenLog(folder)).AddSingleton<HotLog>();
            module.AddServices(services, new ConfigurationBuilder().Build());
        }, module.MapRoutes);
        host.Installer = host._host.As("installer");
        host.Administrator = host._host.As("system-administrator");
        return host;
    }

    public async Task AChipAsync(string serial) => (await Installer.PostAsJsonAsync("chips", new { serial })).EnsureSuccessStatusCode();

    /// <summary>The broker rejects something, and it is written.</summary>
    public async Task RejectAsync(RejectionKind kind, string source, string? device, string reason, byte[] payload)
    {
        Rejected.Keep(kind, source, device, "chip/hello", reason, payload, payload.Length, _host.Clock.GetUtcNow());
        await _host.Services.GetRequiredService<RejectedUplinkWriter>().WriteAsync(CancellationToken.None);
    }

    /// <summary>A chip speaks.</summary>
    public void Hear(string serial, bool? online = true, bool? tampered = false)
    {
        var states = _host.Services.GetRequiredService<DeviceStates>();
        states.OnCommitted([new LogRecord(1, _host.Clock.GetUtcNow(), "chip.test", "chip/" + serial, new Report(serial, 1, online, false, tampered, 0, null, "1.0"))]);
    }

    public ValueTask<bool> TrySendAsync(string device, string deviceClass, string channel, byte[] payload) => ValueTask.FromResult(false);

    public Task HangUpAsync(string device)
    {
        HungUp.Enqueue(device);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private sealed record Report(string Serial, long? Boot, bool? Online, bool? Relay, bool? Tampered, long? Counter, GeoPoint? Position, string? Firmware) : IDeviceReport;
}
