using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Cameras.Worker.Desk;

/// <summary>The line to the server: whom it trusts with the key.</summary>
public sealed class ServerLineTests : IDisposable
{
    private static readonly LeaseRequest Question = new("test/1", 2, Leaving: false, []);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-line-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_certificate_of_ones_own_authority_is_trusted_when_that_is_named_and_only_for_its_own_name()
    {
        using var right = Certificate(IPAddress.Loopback);
        using var wrong = Certificate(IPAddress.Parse("10.0.0.1"));
        await using var server = await StartAsync(right);
        await using var other = await StartAsync(wrong);

        Assert.Equal("UTC", (await AskAsync(server, Pem(right))).TimeZone);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(server, authorities: null));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(server, Pem(wrong)));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(other, Pem(wrong)));
    }

    [Fact]
    public async Task A_server_that_sends_elsewhere_does_not_get_the_key_carried_there()
    {
        await using var elsewhere = await PretendServer.StartAsync();
        await using var server = await StartAsync(certificate: null, context => context.Response.Redirect(new Uri(elsewhere.Address, WorkRoutes.Lease).ToString(), permanent: false, preserveMethod: true));

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(server, authorities: null));
        Assert.Empty(elsewhere.Leases);
    }

    private static async Task<LeaseAnswer> AskAsync(WebApplication server, string? authorities)
    {
        using var line = new ServerLine(new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), PretendServer.Key, authorities);
        return await line.LeaseAsync(Question, CancellationToken.None);
    }

    private static async Task<WebApplication> StartAsync(X509Certificate2? certificate, Action<HttpContext>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var app = builder.Build();
        app.MapPost(WorkRoutes.Lease, async context =>
        {
            if (answer is not null) answer(context);
            else await context.Response.WriteAsJsonAsync(new LeaseAnswer(15, TimeProvider.System.GetUtcNow(), "UTC", []), WireJson.Default.LeaseAnswer);
        });
        await app.StartAsync();
        return app;
    }

    private string Pem(X509Certificate2 certificate)
    {
        var path = Path.Combine(_folder.FullName, certificate.SerialNumber + ".pem");
        File.WriteAllText(path, certificate.ExportCertificatePem());
        return path;
    }

    private static X509Certificate2 Certificate(IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        var request = new CertificateRequest("CN=camera test", key, HashAlgorithmName.SHA256) { CertificateExtensions = { names.Build(), new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true) } };
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
