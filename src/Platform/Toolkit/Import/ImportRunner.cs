using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Import;

/// <summary>Carries imports out, one after another, the oldest first. What a restart interrupted is gone on with: every part of a file is one commit together with the mark that it is done.</summary>
internal sealed partial class ImportRunner(IServiceScopeFactory scopes, ImportBell bell, TimeProvider clock, ILogger<ImportRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await RunNextAsync(stoppingToken))
                {
                    // The next one.
                }

                await bell.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception outage) when (Outage.CodeOf(outage) is { } code)
            {
                LogWaiting(code, outage);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    /// <summary>Brings the oldest import that waits for the platform as far as it goes; false when none waits.</summary>
    internal async Task<bool> RunNextAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        if (await db.Set<ImportRun>().AsNoTracking().Where(r => ImportRun.Running.Contains(r.State)).OrderBy(r => r.Id).FirstOrDefaultAsync(stop) is not { } run) return false;
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = run.ActorOf();
        var work = scope.ServiceProvider.GetRequiredService<ImportWork>();
        try
        {
            await work.RunAsync(run.Id, stop);
        }
        catch (Exception broken) when (broken is not OperationCanceledException && Outage.CodeOf(broken) is null)
        {
            LogBroken(run.Id, broken);
            await work.GiveUpAsync(run.Id, "ImportBroke", stop);
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Imports wait: {Code}")]
    private partial void LogWaiting(string code, Exception outage);

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {Import} broke")]
    private partial void LogBroken(Guid import, Exception broken);
}
