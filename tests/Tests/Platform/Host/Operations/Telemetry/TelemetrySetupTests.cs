using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Anlan.Host;
using Anlan.Host.Operations.Telemetry;
using Anlan.Tests.Platform.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Host.Operations.Telemetry;

/// <summary>Who reads metrics, what is in them, and what a trace does not tell.</summary>
public sealed class TelemetrySetupTests
{
    [Fact]
    public async Task Metrics_are_for_whoever_may_see_how_the_system_does()
    {
        await using var server = await ScopedServer.StartAsync();
        using var _ = await server.SetUpAsync();
        using var stranger = server.Browser();
        using var officer = await server.SignInAsync("officer");
        using var system = await server.SignInAsync("system");

        Assert.False((await stranger.GetAsync(new Uri("/metrics", UriKind.Relative))).IsSuccessStatusCode);
        Assert.False((await officer.GetAsync(new Uri("/metrics", UriKind.Relative))).IsSuccessStatusCode);
        var metrics = await system.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        foreach (var name in (string[])["anlan_ingest_lag_seconds", "anlan_outbox_lag_seconds", "anlan_commit_time_seconds", "anlan_grants_unacknowledged", "anlan_alarm{", "http_server_request_duration_seconds_bucket"])
        {
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        }

        var shown = await ModuleHost.JsonAsync(await system.GetAsync(new Uri("/api/v1/operations/figures", UriKind.Relative)));
        Assert.Equal(10, shown.GetProperty("figures").GetArrayLength());
        Assert.All(shown.GetProperty("figures").EnumerateArray(), row => Assert.Equal("well", row.GetProperty("state").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync(new Uri("/api/v1/operations/figures", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Without_a_key_metrics_are_read_on_this_machine_only_and_traces_hold_neither_paths_nor_addresses()
    {
        var folder = Directory.CreateTempSubdirectory("anlan-telemetry-").FullName;
        try
        {
            var port = FreePort.Find();
            await using var app = await StartAsync(folder, port, "--Anlan:Telemetry:Metrics=Loopback", "--Anlan:Telemetry:Traces=http://127.0.0.1:9");
            var trace = ActivityTraceId.CreateRandom();
            var ended = new ConcurrentQueue<Activity>();
            using var listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
                ActivityStopped = activity => { if (activity.TraceId == trace) ended.Enqueue(activity); },
            };
            ActivitySource.AddActivityListener(listener);
            using var browser = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
            using var forwarded = new HttpRequestMessage(HttpMethod.Get, "/Metrics") { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };
            Assert.Equal(HttpStatusCode.NotFound, (await browser.SendAsync(forwarded)).StatusCode);
            using var asked = new HttpRequestMessage(HttpMethod.Get, "/set-up/secret-token?name=Wang") { Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } } };
            await browser.SendAsync(asked);

            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (ended.IsEmpty) await Task.Delay(10, deadline.Token);
            var told = string.Join(' ', ended.SelectMany(activity => activity.TagObjects).Select(tag => $"{tag.Key}={tag.Value}"));
            Assert.Contains("http.request.method=GET", told, StringComparison.Ordinal);
            Assert.DoesNotContain("secret-token", told, StringComparison.Ordinal);
            Assert.DoesNotContain("Wang", told, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1:", told, StringComparison.Ordinal);
        }
        finally
        {
            TestStore.Remove(folder);
        }
    }

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("::1", null, true)]
    [InlineData("::ffff:127.0.0.1", null, true)]
    [InlineData("192.0.2.1", null, false)]
    [InlineData(null, null, false)]
    [InlineData("127.0.0.1", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "X-Original-For", false)]
    [InlineData("127.0.0.1", "Forwarded", false)]
    [InlineData("127.0.0.1", "Via", false)]
    public void What_a_proxy_handed_on_does_not_come_from_here(string? address, string? header, bool isFromHere)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        if (header is not null) http.Request.Headers[header] = "203.0.113.7";

        Assert.Equal(isFromHere, TelemetrySetup.IsFromHere(http));
    }

    [Theory]
    [InlineData("Everybody", "", "1", "Anlan:Telemetry:Metrics")]
    [InlineData("Shut", "collector", "1", "Anlan:Telemetry:Traces")]
    [InlineData("Shut", "", "1.5", "Anlan:Telemetry:TracedShare")]
    public async Task A_wrong_setting_keeps_the_doors_closed_and_is_named(string metrics, string traces, string share, string named)
    {
        var folder = Directory.CreateTempSubdirectory("anlan-telemetry-").FullName;
        try
        {
            var refused = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(folder, 1, "--Anlan:Telemetry:Metrics=" + metrics, "--Anlan:Telemetry:Traces=" + traces, "--Anlan:Telemetry:TracedShare=" + share));

            Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            TestStore.Remove(folder);
        }
    }

    private static async Task<WebApplication> StartAsync(string folder, int port, params string[] settings)
    {
        var app = HostApplication.Build([$"--Anlan:Data={folder}", $"--Anlan:HttpPort={port}", $"--Anlan:MqttPort={FreePort.Find()}", .. settings, .. TestStore.Arguments(folder)], builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return app;
    }
}
