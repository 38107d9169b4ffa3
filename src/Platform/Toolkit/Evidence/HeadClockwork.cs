using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Evidence;

/// <summary>Signs a head at every interval in which the log grew, and has it published.</summary>
public sealed partial class HeadClockwork(IServiceScopeFactory scopes, HeadPublisher publisher, IOptions<EvidenceOptions> options, TimeProvider clock, ILogger<HeadClockwork> logger) : BackgroundService
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile string? _fault;
    private long _published;

    /// <summary>Why no head is signed any more; null while all is well.</summary>
    public string? Fault => _fault;

    /// <summary>Signs a head if the log grew; one at a time.</summary>
    public async Task SignAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TreeHeads>().SignAsync(stop);
            _fault = null;
        }
        catch (LogTreeException broken)
        {
            _fault = broken.Message;
            LogBroken(broken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>One look: signs if the log grew, and publishes what was not published yet.</summary>
    public async Task RunOnceAsync(CancellationToken stop)
    {
        await SignAsync(stop);
        if (_fault is not null) return;
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<TreeHeads>().LastAsync(stop) is not { } last || last.Head.Size == _published) return;
        await publisher.PublishAsync(last, stop);
        _published = last.Head.Size;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.HeadInterval, clock);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "No head of the log is signed any more")]
    private partial void LogBroken(Exception broken);

    [LoggerMessage(Level = LogLevel.Error, Message = "A head of the log could not be signed; it is tried again")]
    private partial void LogFailed(Exception failed);
}
