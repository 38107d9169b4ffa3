using System.Diagnostics;
using Anlan.Kernel.Rules;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Toolkit.Cluster;

/// <summary>
/// What a process does once while another decides: it reads what a take-over reads. The take-over reads it again, for what was read here may be out of date by then, but
/// with code that is compiled, a model that is built and a database that has it in memory.
/// </summary>
public sealed partial class Rehearsal(IServiceScopeFactory scopes, ILogger<Rehearsal> logger) : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private Task? _run;

    /// <summary>Begins, once.</summary>
    public void Begin() => _run ??= Task.Run(RunAsync);

    /// <summary>Ends it at once: from here on the indexes belong to the take-over.</summary>
    public async Task EndAsync()
    {
        _run ??= Task.CompletedTask;
        await _over.CancelAsync();
        await _run;
    }

    /// <inheritdoc />
    public void Dispose() => _over.Dispose();

    private async Task RunAsync()
    {
        var from = Stopwatch.GetTimestamp();
        try
        {
            using var reading = LeaseGuard.LetRead();
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            // A newer program waits for its turn to migrate.
            if ((await db.Database.GetPendingMigrationsAsync(_over.Token)).Any()) return;
            // What is read from files once belongs to whoever asks first: rule book, divisions.
            _ = scope.ServiceProvider.GetRequiredService<RuleBook>();
            _ = scope.ServiceProvider.GetServices<IStartUpStep>().Count();
            foreach (var index in scope.ServiceProvider.GetServices<IEntityIndex>()) await index.LoadAsync(db, _over.Token);
            var took = Stopwatch.GetElapsedTime(from).TotalSeconds;
            LogReady(took);
        }
        catch (OperationCanceledException)
        {
            // The turn came first.
        }
        catch (Exception failed)
        {
            // The take-over does without.
            LogFailed(failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This process stands by; it read what it would decide from within {Seconds:0.0} s")]
    private partial void LogReady(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This process stands by, and could not read ahead what it would decide from")]
    private partial void LogFailed(Exception failed);
}
