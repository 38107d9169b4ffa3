using System.Net;
using System.Net.Http.Json;
using Anlan.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Host.Shell;

/// <summary>The whole program on free ports, set up with one administrator.</summary>
public sealed class RunningShell : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-shell-").FullName;
    private readonly int _port = FreePort.Find();
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        _app = HostApplication.Build([$"--Anlan:Data={_folder}", $"--Anlan:HttpPort={_port}", $"--Anlan:MqttPort={FreePort.Find()}", "--Anlan:Demo=true", "--Anlan:Accounts:HashIterations=1000", .. TestStore.Arguments(_folder)], builder => builder.Logging.ClearProviders());
        await _app.StartAsync();
        using var browser = Browser();
        var token = (await File.ReadAllTextAsync(Path.Combine(_folder, "set-up-link.txt"))).Trim().Split('/')[^1];
        (await browser.PostAsJsonAsync("/api/v1/set-up", new { token, userName = "chief", password = Password, displayName = "Chief" })).EnsureSuccessStatusCode();
    }

    /// <summary>A browser of its own: keeps cookies, follows no redirect.</summary>
    internal HttpClient Browser() => new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };

    internal async Task<HttpClient> AdministratorAsync()
    {
        var browser = Browser();
        (await browser.PostAsJsonAsync("/api/v1/sign-in", new { userName = "chief", password = Password })).EnsureSuccessStatusCode();
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        TestStore.Remove(_folder);
    }
}
