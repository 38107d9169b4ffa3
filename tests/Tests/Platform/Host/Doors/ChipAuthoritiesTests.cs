using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Anlan.Host;
using Anlan.Simulator.Chips;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace Anlan.Tests.Platform.Host.Doors;

/// <summary>The broker's door with TLS: the chip knows its server, and the server knows the chip's own certificate.</summary>
public sealed class ChipAuthoritiesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-tls-").FullName;
    private readonly Authority _ours = new("Ours");
    private readonly Authority _strange = new("Strange");
    private readonly (int Plain, int Tls) _ports = (FreePort.Find(), FreePort.Find());

    [Fact, Trait("Requirement", "CHIP-CONN-10")]
    public async Task A_chip_may_show_a_certificate_and_then_it_must_be_its_own()
    {
        await using var app = await StartAsync("--Anlan:MqttPort=0", $"--Anlan:Doors:ChipAuthorities={Write("ca.pem", _ours.Pem)}");

        Assert.Equal(MqttClientConnectResultCode.Success, await ConnectAsync(_ours, null));
        Assert.Equal(MqttClientConnectResultCode.Success, await ConnectAsync(_ours, _ours.Issue("DEV-1", forClient: true)));
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await ConnectAsync(_ours, _ours.Issue("DEV-2", forClient: true)));
        Assert.Null(await ConnectAsync(_ours, _strange.Issue("DEV-1", forClient: true)));
        Assert.Null(await ConnectAsync(_ours, _ours.Issue("DEV-1", forClient: false)));
        // The chip turns away from a server that nobody vouches for.
        Assert.Null(await ConnectAsync(_strange, null));
        using var plain = new System.Net.Sockets.TcpClient();
        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => plain.ConnectAsync(IPAddress.Loopback, _ports.Plain));
    }

    [Fact]
    public async Task Where_certificates_are_demanded_nobody_comes_in_without_and_plain_doors_to_the_network_are_warned_of()
    {
        var said = new List<string>();
        await using var app = await StartAsync(
            line => said.Add(line), $"--Anlan:MqttPort={_ports.Plain}", "--Anlan:MqttAddress=0.0.0.0", $"--Anlan:Doors:ChipAuthorities={Write("ca.pem", _ours.Pem)}", "--Anlan:Doors:DemandsChipCertificate=true");

        Assert.Null(await ConnectAsync(_ours, null));
        Assert.Equal(MqttClientConnectResultCode.Success, await ConnectAsync(_ours, _ours.Issue("DEV-1", forClient: true)));
        Assert.Contains(said, line => line.StartsWith("MQTT WITHOUT TLS listens on 0.0.0.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_setting_that_cannot_hold_keeps_the_doors_shut_and_is_named()
    {
        foreach (var (settings, named) in ((string[], string)[])
        [
            (["--Anlan:Doors:Certificate="], "Anlan:Doors:Certificate"),
            (["--Anlan:Doors:DemandsChipCertificate=true"], "Anlan:Doors:ChipAuthorities"),
            (["--Anlan:Doors:ChipAuthorities=" + Write("empty.pem", "nothing")], "empty.pem"),
            (["--Anlan:Doors:ChipAuthorities=" + Path.Combine(_folder, "missing.pem")], "missing.pem"),
        ])
        {
            var refused = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync(settings));
            Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _ours.Dispose();
        _strange.Dispose();
        TestStore.Remove(_folder);
    }

    private Task<WebApplication> StartAsync(params string[] settings) => StartAsync(null, settings);

    private async Task<WebApplication> StartAsync(Action<string>? hear, params string[] settings)
    {
        using var server = _ours.Issue("server", forClient: false);
        var file = Write("server.pem", server.ExportCertificatePem() + "\n" + server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var app = HostApplication.Build(
            [$"--Anlan:Data={_folder}", $"--Anlan:HttpPort={FreePort.Find()}", "--Anlan:MqttPort=0", "--Anlan:MqttsAddress=127.0.0.1", $"--Anlan:MqttsPort={_ports.Tls}", $"--Anlan:Doors:Certificate={file}", .. settings, .. TestStore.Arguments(_folder)],
            builder =>
            {
                builder.Logging.ClearProviders();
                if (hear is not null) builder.Logging.AddProvider(new Ear(hear));
                builder.Services.AddSingleton<IDeviceAuthenticator, KnownDevices>();
            });
        await app.StartAsync();
        return app;
    }

    /// <summary>What the broker answered; null when there was no connection.</summary>
    private async Task<MqttClientConnectResultCode?> ConnectAsync(Authority trusted, X509Certificate2? own)
    {
        var tls = MqttTls.Read(Write("trusted.pem", trusted.Pem), own is null ? null : Write("own.pem", own.ExportCertificatePem() + "\n" + own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));
        own?.Dispose();
        using var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _ports.Tls).WithTlsOptions(tls.Apply).WithClientId("DEV-1").WithCredentials("DEV-1", "secret").WithTimeout(TimeSpan.FromSeconds(20)).Build();
            return (await client.ConnectAsync(options)).ResultCode;
        }
        catch (MQTTnet.Exceptions.MqttCommunicationException)
        {
            return null;
        }
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private sealed class KnownDevices : IDeviceAuthenticator
    {
        public bool IsGenuine(string serial, ReadOnlySpan<byte> secret) => serial.StartsWith("DEV-", StringComparison.Ordinal) && Encoding.UTF8.GetString(secret) == "secret";
    }

    private sealed class Ear(Action<string> hear) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (hear) hear(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }

    private sealed class Authority : IDisposable
    {
        private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly X509Certificate2 _certificate;

        public Authority(string name)
        {
            var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
            _certificate = request.CreateSelfSigned(From, From.AddYears(80));
        }

        public string Pem => _certificate.ExportCertificatePem();

        public X509Certificate2 Issue(string name, bool forClient)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(forClient ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1")], true));
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using var issued = request.Create(_certificate, From, From.AddYears(70), RandomNumberGenerator.GetBytes(8));
            return issued.CopyWithPrivateKey(key);
        }

        public void Dispose()
        {
            _certificate.Dispose();
            _key.Dispose();
        }
    }
}
