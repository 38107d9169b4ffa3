using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Anlan.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Host.Doors;

/// <summary>The doors for people: HTTPS with a certificate that may be renewed, what browsers are told, who is sent away.</summary>
public sealed class DoorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-doors-").FullName;
    private readonly (int Http, int Https) _ports = (FreePort.Find(), FreePort.Find());

    [Fact]
    public async Task Plain_requests_are_sent_to_the_secure_door_and_health_is_not()
    {
        var file = WriteCertificate("first");
        await using var app = await StartAsync($"--Anlan:Doors:HttpsPort={_ports.Https}", $"--Anlan:Doors:Certificate={file}");
        using var browser = Browser(_ => true);

        using var plain = await browser.GetAsync(new Uri($"http://127.0.0.1:{_ports.Http}/sign-in"));
        Assert.Equal((HttpStatusCode.PermanentRedirect, new Uri($"https://127.0.0.1:{_ports.Https}/sign-in")), (plain.StatusCode, plain.Headers.Location));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri($"http://127.0.0.1:{_ports.Http}/health/ready"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri($"https://127.0.0.1:{_ports.Https}/sign-in"))).StatusCode);
    }

    [Fact]
    public async Task A_door_without_a_usable_certificate_stays_shut_and_says_which_setting_is_wrong()
    {
        var nothing = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync($"--Anlan:Doors:HttpsPort={_ports.Https}"));
        Assert.Contains("Anlan:Doors:Certificate", nothing.Message, StringComparison.Ordinal);
        var file = Path.Combine(_folder, "broken.pem");
        await File.WriteAllTextAsync(file, "no certificate", TestContext.Current.CancellationToken);
        var broken = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync($"--Anlan:Doors:HttpsPort={_ports.Https}", $"--Anlan:Doors:Certificate={file}"));
        Assert.Contains("broken.pem", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_renewed_certificate_is_taken_up_and_a_broken_one_is_not()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var file = WriteCertificate("first");
        using var certificate = new Anlan.Host.Doors.HttpsCertificate(new() { Certificate = file }, clock);
        Assert.Contains("first", certificate.Current.Subject, StringComparison.Ordinal);

        File.WriteAllText(WriteCertificate("second"), File.ReadAllText(file));
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("second", certificate.Current.Subject, StringComparison.Ordinal);
        File.WriteAllText(file, "half a fi");
        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Contains("second", certificate.Current.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/api/v1/me")]
    [InlineData("/not-there")]
    public async Task Browsers_are_told_what_our_pages_may_do(string path)
    {
        await using var app = await StartAsync();
        using var browser = Browser();

        using var answer = await browser.GetAsync(new Uri($"http://127.0.0.1:{_ports.Http}{path}"));

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(("nosniff", "same-origin"), (answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.GetValues("Referrer-Policy").Single()));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task What_a_page_of_another_site_sends_is_refused_before_it_is_read()
    {
        await using var app = await StartAsync();
        using var browser = Browser();
        foreach (var (site, expected) in ((string, HttpStatusCode)[])[("cross-site", HttpStatusCode.Forbidden), ("same-site", HttpStatusCode.Forbidden), ("same-origin", HttpStatusCode.Unauthorized), ("none", HttpStatusCode.Unauthorized)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{_ports.Http}/api/v1/sign-out")) { Headers = { { "Sec-Fetch-Site", site } } };
            using var answer = await browser.SendAsync(request);
            Assert.True(answer.StatusCode == expected || (expected == HttpStatusCode.Unauthorized && answer.StatusCode != HttpStatusCode.Forbidden), $"{site}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Whoever_asks_too_fast_is_told_when_to_come_again_and_health_still_answers()
    {
        await using var app = await StartAsync("--Anlan:Doors:AddressBurst=5", "--Anlan:Doors:AddressPerSecond=1");
        using var browser = Browser();
        HttpResponseMessage? answer = null;
        for (var i = 0; i < 20 && answer?.StatusCode != HttpStatusCode.TooManyRequests; i++) answer = await browser.GetAsync(new Uri($"http://127.0.0.1:{_ports.Http}/api/v1/me"));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer!.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal("TooManyRequests", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusals")[0].GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri($"http://127.0.0.1:{_ports.Http}/health/live"))).StatusCode);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_not_taken()
    {
        await using var app = await StartAsync("--Anlan:Doors:LargestBody=2000");
        using var browser = Browser();

        using var body = new StringContent(JsonSerializer.Serialize(new { userName = new string('x', 4_000), password = "y" }), System.Text.Encoding.UTF8, "application/json");
        using var answer = await browser.PostAsync(new Uri($"http://127.0.0.1:{_ports.Http}/api/v1/sign-in"), body);

        Assert.True(answer.StatusCode == HttpStatusCode.RequestEntityTooLarge, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => TestStore.Remove(_folder);

    private async Task<WebApplication> StartAsync(params string[] settings)
    {
        var app = HostApplication.Build(
            [$"--Anlan:Data={_folder}", $"--Anlan:HttpPort={_ports.Http}", $"--Anlan:MqttPort={FreePort.Find()}", .. settings, .. TestStore.Arguments(_folder)], builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return app;
    }

    private static HttpClient Browser(Func<X509Certificate2?, bool>? trusts = null) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, certificate, _, _) => trusts?.Invoke(certificate) ?? false });

    private string WriteCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var file = Path.Combine(_folder, "door.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return file;
    }
}
