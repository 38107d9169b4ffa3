using Anlan.Host.Privacy.Retention;
using Anlan.Kernel.Time;
using Anlan.Tests.Platform.Toolkit.Data.Backups;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Welding.Interlock;
using Anlan.Welding.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>The power goes in the last minutes of the year, in the city's zone, and comes back in the first of the next one.</summary>
public sealed class NewYearTests
{
    [Fact]
    public async Task Log_and_projections_go_on_and_what_ended_with_the_year_has_ended()
    {
        await using var installation = await Installation.StartAsync();
        var host = installation.Host;
        var calendar = host.Get<CityCalendar>();
        var newYear = new DateOnly(calendar.Today.Year + 1, 1, 1);
        host.Clock.Advance(calendar.StartOf(newYear).AddMinutes(-20) - host.Clock.GetUtcNow());
        var (expiring, lasting) = (await host.AMachineAsync(), await host.AMachineAsync());
        var (last, steady) = (host.Facts.AWelder(host.Enterprise, newYear.AddDays(-1)), host.Facts.AWelder(host.Enterprise));
        var flash = (await host.SwitchOnAsync(expiring)).Flash;
        var lastingFlash = (await host.SwitchOnAsync(lasting)).Flash;
        var started = await host.StartAsync(expiring, last);
        await host.StartAsync(lasting, steady);
        await WeldingHost.UntilAsync(() => host.Sessions.All.Count(open => open.State == SessionState.Running) == 2);
        await WeldingHost.UntilAsync(() => host.Get<Projector>().Seq == host.Log.LastSeq);

        var image = PowerCut(installation);
        var atCut = Installation.Entries(image, long.MaxValue);
        await host.StopAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(40));
        await using var again = await WeldingHost.StartAsync(folder: image, clock: host.Clock, facts: host.Facts, settings: Installation.OnFiles);

        Assert.Equal(calendar.StartOf(newYear), started.EndsAt);
        Assert.Equal(newYear, again.Get<CityCalendar>().Today);
        await WeldingHost.UntilAsync(() => again.Sessions.All.Count == 0);
        var chip = await again.SwitchOnAsync(expiring, flash);
        var lastingChip = await again.SwitchOnAsync(lasting, lastingFlash);
        var refused = await again.StartAsync(expiring, last);
        Assert.Contains(refused.Refusals, refusal => refusal.Code == "CertificateExpired");
        Assert.NotNull((await again.StartAsync(lasting, steady)).Session);
        await WeldingHost.UntilAsync(() => lastingChip.IsPowered);
        Assert.False(chip.IsPowered);

        var row = await again.SessionRowAsync(started.Session!.Value);
        Assert.Equal((EndReasons.LeaseEnd, false), (row!.EndReason, row.IsEndConfirmed));
        Assert.True(row.LeaseUntil <= calendar.StartOf(newYear));
        var whole = Installation.Entries(image, long.MaxValue);
        Assert.Equal(Enumerable.Range(1, whole.Count).Select(seq => (long)seq), whole.Select(entry => entry.Seq));
        Assert.Equal(atCut, whole.Take(atCut.Count));
        Assert.True(await HasRunAsync(again, newYear));
    }

    // What a power cut leaves: the files as they are, write-ahead files included, nothing closed. The log is copied last: an entry that comes meanwhile is then one that no projection has seen yet,
    // and never one that a projection knows and the log does not.
    private static string PowerCut(Installation installation)
    {
        var image = installation.In("image");
        foreach (var path in Directory.GetFiles(installation.Folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)).OrderBy(path => Path.GetFileName(path).StartsWith("hot.", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(image, Path.GetRelativePath(installation.Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        return image;
    }

    private static async Task<bool> HasRunAsync(WeldingHost host, DateOnly day)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            await using var scope = host.Services.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<RetentionRun>().AnyAsync(run => run.Day == day, deadline.Token)) return true;
            await Task.Delay(50, deadline.Token);
        }
    }
}
