using System.Net;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Welding.Sessions;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>The database goes away while machines run, and comes back: refused with the reason meanwhile, and nobody has to start the server again.</summary>
public sealed class DatabaseGoneTests
{
    [Fact]
    public async Task A_server_without_its_database_refuses_says_why_and_goes_on_when_it_is_back()
    {
        await using var database = new LeavingDatabase();
        await using var host = await database.StartAsync();
        var (running, free) = (await host.AMachineAsync(), await host.AMachineAsync());
        var (chip, idle) = (await host.SwitchOnAsync(running), await host.SwitchOnAsync(free));
        await host.StartAsync(running, host.Facts.AWelder(host.Enterprise));
        await WeldingHost.UntilAsync(() => host.Sessions.At(running.Id) is { State: SessionState.Running });
        using var welder = await SignedInWelder.AtAsync(host, host.Facts.AWelder(host.Enterprise));
        var last = host.Log.LastSeq;

        database.Leave();
        using var refused = await welder.StartAsync(free);
        using var mistyped = await welder.ProveWronglyAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (refused.StatusCode, mistyped.StatusCode));
        Assert.Contains(Outage.OfLog, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(Outage.OfTables, await mistyped.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((last, true, false), (host.Log.LastSeq, chip.IsPowered, idle.IsPowered));
        using var http = new HttpClient { BaseAddress = host.Url };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);

        database.Return();
        await WeldingHost.UntilAsync(() => host.Get<Anlan.Contracts.Devices.IDevices>().StateOf(free.Serial).IsOnline);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await welder.StartAsync(free)).StatusCode != HttpStatusCode.OK) await Task.Delay(100, deadline.Token);
        await WeldingHost.UntilAsync(() => idle.IsPowered && host.Get<Projector>().Seq == host.Log.LastSeq);
        Assert.True(chip.IsPowered);
        var records = host.ReadLog();
        Assert.Equal(Enumerable.Range(1, records.Count).Select(seq => (long)seq), records.Select(record => record.Seq));
    }
}
