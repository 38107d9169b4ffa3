using System.Net;
using System.Text.Json;
using Anlan.Toolkit.Data;
using Anlan.Welding.Interlock;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>The disk is full, for the log and for the tables: nothing new begins and everybody reads why, what runs goes on under its lease, and it works again by itself.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task New_starts_are_refused_with_the_reason_running_sessions_are_kept_and_it_recovers_by_itself()
    {
        using var store = new GatedStore();
        var tables = new FullDisk();
        await using var host = await WeldingHost.StartAsync(store.Around, adjust: services => services.ConfigureDbContext<AnlanDb>((_, options) => options.AddInterceptors(tables)));
        var (running, free) = (await host.AMachineAsync(), await host.AMachineAsync());
        var (chip, idle) = (await host.SwitchOnAsync(running), await host.SwitchOnAsync(free));
        await host.StartAsync(running, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => host.Sessions.At(running.Id) is { State: SessionState.Running });
        using var welder = await SignedInWelder.AtAsync(host, host.Facts.AWelder(host.Enterprise));
        var before = host.Sessions.At(running.Id)!;

        store.Fail();
        tables.IsFull = true;
        using var refused = await welder.StartAsync(free);
        var (status, page) = await welder.PressStartAsync(free);
        await host.Services.GetServices<IHostedService>().OfType<SessionClockwork>().Single().RunOnceAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, Outage.OfLog), (refused.StatusCode, JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("refusals")[0].GetProperty("code").GetString()));
        Assert.NotNull(refused.Headers.RetryAfter);
        using var http = new HttpClient { BaseAddress = host.Url };
        using var away = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "log"), (away.StatusCode, JsonDocument.Parse(await away.Content.ReadAsStringAsync()).RootElement.GetProperty("away")[0].GetString()));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("记录写不下去", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("稍后再试", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.False(idle.IsPowered);
        Assert.True(chip.IsPowered);
        Assert.Equal(before, host.Sessions.At(running.Id));

        store.Mend();
        tables.IsFull = false;
        await WeldingHost.UntilAsync(() => host.Get<Anlan.Contracts.Devices.IDevices>().StateOf(free.Serial).IsOnline);
        Assert.Equal(HttpStatusCode.OK, (await welder.StartAsync(free)).StatusCode);
        await WeldingHost.UntilAsync(() => idle.IsPowered && host.Get<Anlan.Toolkit.Log.Projector>().Seq == host.Log.LastSeq);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        Assert.True(chip.IsPowered);
    }

    [Fact]
    public async Task What_is_written_into_tables_is_refused_with_a_reason_too()
    {
        var tables = new FullDisk();
        await using var host = await WeldingHost.StartAsync(adjust: services => services.ConfigureDbContext<AnlanDb>((_, options) => options.AddInterceptors(tables)));
        using var welder = await SignedInWelder.AtAsync(host, host.Facts.AWelder(host.Enterprise));

        tables.IsFull = true;
        using var refused = await welder.ProveWronglyAsync();
        var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement;
        tables.IsFull = false;
        using var counted = await welder.ProveWronglyAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, Outage.OfTables), (refused.StatusCode, problem.GetProperty("refusals")[0].GetProperty("code").GetString()));
        Assert.DoesNotContain("disk is full", problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, counted.StatusCode);
    }
}
