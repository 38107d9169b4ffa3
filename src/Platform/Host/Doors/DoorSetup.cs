using System.Net;
using System.Security.Authentication;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Anlan.Host.Doors;

/// <summary>Opens the doors: pages and API over HTTP, over HTTPS where a certificate is configured, and the broker, plain and with TLS.</summary>
internal static partial class DoorSetup
{
    /// <summary>Adds doors and limits.</summary>
    public static void AddDoors(this WebApplicationBuilder builder, HostSettings settings)
    {
        settings.Doors.Check();
        var doors = settings.Doors;
        if (doors.DemandsChipCertificate && string.IsNullOrWhiteSpace(doors.ChipAuthorities)) throw new InvalidDataException("Anlan:Doors:DemandsChipCertificate is set, but nobody who issues them: name the file in Anlan:Doors:ChipAuthorities.");
        var certificate = doors.HttpsPort > 0 || settings.MqttsPort > 0 ? new HttpsCertificate(doors, TimeProvider.System) : null;
        if (certificate is not null) builder.Services.AddSingleton(certificate);
        var authorities = settings.MqttsPort > 0 && !string.IsNullOrWhiteSpace(doors.ChipAuthorities) ? new ChipAuthorities(doors.ChipAuthorities, TimeProvider.System) : null;
        if (settings.MqttTestPort > 0)
        {
            if (!IPAddress.TryParse(settings.MqttTestAddress, out var test) || !IPAddress.IsLoopback(test)) throw new InvalidDataException("Anlan:MqttTestAddress must be an address of this machine (127.0.0.1 or ::1): that broker has no rules.");
            builder.Services.AddMqttTestDoor();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = doors.LargestBody;
            kestrel.Listen(IPAddress.Parse(settings.HttpAddress), settings.HttpPort);
            if (certificate is not null && doors.HttpsPort > 0) kestrel.Listen(IPAddress.Parse(settings.HttpAddress), doors.HttpsPort, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate.Current));
            if (settings.MqttPort > 0) kestrel.Listen(IPAddress.Parse(settings.MqttAddress), settings.MqttPort, listen => listen.UseGuardedMqtt());
            if (settings.MqttTestPort > 0) kestrel.Listen(IPAddress.Parse(settings.MqttTestAddress), settings.MqttTestPort, listen => listen.UseTestMqtt());
            if (certificate is not null && settings.MqttsPort > 0) kestrel.Listen(IPAddress.Parse(settings.MqttsAddress), settings.MqttsPort, listen => listen.UseGuardedMqtt(door => door.UseHttps(tls => Secure(tls, certificate, authorities, doors))));
        });
        // What a request or a packet does first never blocks: it runs where it was read, without a walk to another thread.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Services.AddRequestLimits(doors);
        // Where a router hands the well-known port to another one, the address on labels and slips knows the port from outside.
        var outside = Uri.TryCreate(builder.Configuration["Anlan:PublicBaseUrl"], UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? address.Port : doors.HttpsPort;
        builder.Services.AddHttpsRedirection(https => (https.HttpsPort, https.RedirectStatusCode) = (outside, StatusCodes.Status308PermanentRedirect));
        builder.Services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = doors.TrustedProxies.Length > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            forwarded.KnownProxies.Clear();
            foreach (var proxy in doors.TrustedProxies) forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        });
    }

    /// <summary>What every request passes first.</summary>
    public static void UseDoors(this WebApplication app, HostSettings settings)
    {
        app.Services.GetService<HttpsCertificate>()?.LogTo(app.Logger);
        if (settings.MqttPort > 0 && !IPAddress.IsLoopback(IPAddress.Parse(settings.MqttAddress))) LogPlain(app.Logger, settings.MqttAddress, settings.MqttPort);
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        if (settings.Doors.HttpsPort > 0)
        {
            app.UseHsts();
            // Health is asked from the machine itself; everybody else comes by the secure door.
            app.UseWhen(http => !http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal), pages => pages.UseHttpsRedirection());
        }

        app.UseOwnSiteOnly();
    }

    private static void Secure(HttpsConnectionAdapterOptions tls, HttpsCertificate certificate, ChipAuthorities? authorities, DoorSettings doors)
    {
        tls.ServerCertificateSelector = (_, _) => certificate.Current;
        tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (authorities is null) return;
        tls.ClientCertificateMode = doors.DemandsChipCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate;
        tls.ClientCertificateValidation = (shown, chain, _) => authorities.Vouch(shown, chain);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "MQTT WITHOUT TLS listens on {Address}:{Port}: every chip's secret can be read on the way. Use Anlan:MqttsPort, and Anlan:MqttPort=0 once every chip has changed over")]
    private static partial void LogPlain(ILogger logger, string address, int port);
}
