using System.Net;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.HttpOverrides;

namespace Anlan.Host.Doors;

/// <summary>Opens the doors: pages and API over HTTP, over HTTPS where a certificate is configured, and the broker.</summary>
internal static class DoorSetup
{
    /// <summary>Adds doors and limits.</summary>
    public static void AddDoors(this WebApplicationBuilder builder, HostSettings settings)
    {
        var doors = settings.Doors;
        var certificate = doors.HttpsPort > 0 ? new HttpsCertificate(doors, TimeProvider.System) : null;
        if (certificate is not null) builder.Services.AddSingleton(certificate);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = doors.LargestBody;
            kestrel.Listen(IPAddress.Parse(settings.HttpAddress), settings.HttpPort);
            if (certificate is not null) kestrel.Listen(IPAddress.Parse(settings.HttpAddress), doors.HttpsPort, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate.Current));
            kestrel.Listen(IPAddress.Parse(settings.MqttAddress), settings.MqttPort, listen => listen.UseGuardedMqtt());
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
}
