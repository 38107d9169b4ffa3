using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Security;

/// <summary>
/// After a rotation, seals everything anew with the newest key, some rows at a time between other people's saves. What is done is known by
/// looking at the rows: it goes on after a crash where it stopped, and finds what a restored backup brought back.
/// </summary>
public sealed partial class ResealJob(IServiceScopeFactory scopes, KeyRing ring, PersonalFields fields, TimeProvider clock, ILogger<ResealJob> logger) : BackgroundService
{
    private const int BatchSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Begins at once instead of within a minute.</summary>
    public void Wake()
    {
        try
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Woken twice at once: awake is awake.
        }
    }

    /// <summary>Seals some rows anew; how many. Zero when nothing is left.</summary>
    public async Task<int> RunOnceAsync(CancellationToken stop)
    {
        if (ring.All.Count < 2) return 0;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        return await SealedRows.ResealAsync(scope.ServiceProvider.GetRequiredService<AnlanDb>(), fields, ring, BatchSize, stop);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var (sum, some) = (0L, 0);
                while ((some = await RunOnceAsync(stoppingToken)) > 0) sum += some;
                if (sum > 0) LogDone(sum, ring.Newest.Id);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var timer = Task.Delay(Pause, clock, pause.Token);
            await Task.WhenAny(timer, _signal.WaitAsync(pause.Token));
            await pause.CancelAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} rows are sealed with the key {Key} now")]
    private partial void LogDone(long rows, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "Rows could not be sealed anew; it is tried again within a minute")]
    private partial void LogFailed(Exception failed);
}
