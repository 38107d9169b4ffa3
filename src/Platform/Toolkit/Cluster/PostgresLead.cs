using System.Diagnostics;
using System.Security.Cryptography;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Anlan.Toolkit.Cluster;

/// <summary>
/// Decides by a lock of PostgreSQL who decides. A killed process loses the lock with its connection, at once. One that hangs keeps it, but its
/// beats stop: after its lease is over the others end all its connections, so that nothing it still has in hand can be written. A process that lost the lock ends.
/// </summary>
public sealed partial class PostgresLead : BackgroundService, ILead
{
    private readonly ClusterOptions _times;
    private readonly LeadPlace _self;
    private readonly LeadRun _run;
    private readonly Rehearsal _rehearsal;
    private readonly NpgsqlDataSource _source;
    private readonly string _holder;
    private readonly ILogger<PostgresLead> _logger;
    private readonly TaskCompletionSource _knows = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private volatile Seen _seen = new(null);
    private volatile Living _living = new(Guid.Empty);
    private volatile LeadPlace? _last;
    private long _confirmedAt;
    private long _missedSince;
    private volatile bool _isReady;
    private volatile bool _leaves;

    /// <summary>Knows itself; looks for others once it runs.</summary>
    /// <param name="self">This process.</param>
    /// <param name="choice">The database that all processes share.</param>
    /// <param name="run">What the deciding process does.</param>
    /// <param name="rehearsal">What one that stands by does.</param>
    /// <param name="times">When is what.</param>
    /// <param name="logger">Told of every change.</param>
    public PostgresLead(LeadPlace self, DatabaseChoice choice, LeadRun run, Rehearsal rehearsal, IOptions<ClusterOptions> times, ILogger<PostgresLead> logger)
    {
        (_self, _run, _rehearsal, _times, _logger) = (self, run, rehearsal, times.Value, logger);
        var connection = new NpgsqlConnectionStringBuilder(choice.Postgres!) { MaxPoolSize = 4, CommandTimeout = Math.Max(1, (int)_times.Lease.TotalSeconds), Timeout = 5 };
        _source = NpgsqlDataSource.Create(connection.ConnectionString);
        // A connection that went back into a pool would keep the lock.
        connection.Pooling = false;
        _holder = connection.ConnectionString;
    }

    /// <inheritdoc />
    public bool IsHere => _isReady && HasLease;

    /// <inheritdoc />
    public LeadPlace? Place => _seen.Place;

    /// <inheritdoc />
    public bool HasLease => Volatile.Read(ref _confirmedAt) is > 0 and var at && Stopwatch.GetElapsedTime(at) < _times.Lease;

    /// <inheritdoc />
    public bool IsExpected => Place is not null || (Volatile.Read(ref _missedSince) is > 0 and var since && Stopwatch.GetElapsedTime(since) < _times.Patience);

    /// <summary>Where the process is that hands over: it takes nothing new, and waits for what devices have yet to say about what it began; else null.</summary>
    public LeadPlace? Leaving => Place is null ? _last : null;

    /// <inheritdoc />
    public LeadPlace? Self => _self;

    /// <summary>True once this process sends its devices to the others because it was asked to stop.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Completes once this process knows who decides, be it itself.</summary>
    public Task Knows => _knows.Task;

    /// <inheritdoc />
    public async Task<LeadPlace> FindAsync(TimeSpan most, CancellationToken stop)
    {
        for (var from = Stopwatch.GetTimestamp(); ;)
        {
            var seen = _seen;
            if (seen.Place is { } place) return place;
            var left = most - Stopwatch.GetElapsedTime(from);
            if (left <= TimeSpan.Zero) throw new LeadLostException($"No process has decided for {most.TotalSeconds:0} s.");
            using var changed = CancellationTokenSource.CreateLinkedTokenSource(seen.Over.Token, stop);
            try
            {
                await Task.Delay(left, changed.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                // Somebody was found.
            }
        }
    }

    /// <inheritdoc />
    public CancellationToken UntilItLeaves(LeadPlace place) => _living is var living && living.Process == place.Process ? living.Over.Token : new CancellationToken(canceled: true);

    /// <summary>A connection string under whose connections PostgreSQL knows the process.</summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static string Named(string connection, Guid process) => new NpgsqlConnectionStringBuilder(connection) { ApplicationName = LeadRow.NameOf(process) }.ConnectionString;

    /// <summary>New key of a process that may come to decide.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>From now on connections that end here are on their way to another process.</summary>
    public void BeginLeaving() => IsLeaving = true;

    /// <summary>Asks the others to wait: this process is about to hand over.</summary>
    public void Leave()
    {
        _leaves = true;
        if (_isReady) LogLeaves();
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Leave();
        // What was begun is finished first; the lock goes with the connection, after the log was closed.
        await _run.StopAsync(cancellationToken);
        _isReady = false;
        Show(null);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _source.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LeadRow.MakeAsync(_source, stoppingToken);
                break;
            }
            catch (Exception away) when (Outage.CodeOf(away) is not null)
            {
                LogNoDatabase(away);
                await Task.Delay(_times.Beat, stoppingToken);
            }
        }

        await Task.WhenAll(CompeteAsync(stoppingToken), WatchAsync(stoppingToken));
    }

    private async Task CompeteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var holder = new NpgsqlConnection(_holder);
                await holder.OpenAsync(stop);
                await LeadRow.LockAsync(holder, stop);
                await LeadAsync(holder, stop);
                return;
            }
            catch (Exception away) when (Outage.CodeOf(away) is not null && Volatile.Read(ref _confirmedAt) == 0)
            {
                LogNoDatabase(away);
                await Task.Delay(_times.Beat, stop);
            }
        }
    }

    private async Task LeadAsync(NpgsqlConnection holder, CancellationToken stop)
    {
        LogTakes();
        var from = Stopwatch.GetTimestamp();
        _last = null;
        Show(null);
        Follow(_self.Process);
        Volatile.Write(ref _confirmedAt, Stopwatch.GetTimestamp());
        await LeadRow.WriteAsync(holder, _self, stop);
        var beats = BeatAsync(holder, stop);
        var loading = LoadAsync(stop);
        if (await Task.WhenAny(loading, beats) == beats) await beats;
        try
        {
            await loading;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // Another process may do better, and a supervisor starts this one again.
            LogCannot(failed);
            End();
            throw;
        }

        _isReady = true;
        Show(_self);
        var took = Stopwatch.GetElapsedTime(from).TotalSeconds;
        LogLeads(took);
        await beats;
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        await _rehearsal.EndAsync();
        await _run.StartAsync(stop);
    }

    private async Task BeatAsync(NpgsqlConnection holder, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var from = Stopwatch.GetTimestamp();
                await LeadRow.BeatAsync(holder, _self.Process, _isReady && !_leaves, stop);
                Volatile.Write(ref _confirmedAt, from);
                // The word that it is ready, or that it leaves, does not wait for the next beat.
                for (var (said, quick) = (_isReady && !_leaves, _times.Look); said == (_isReady && !_leaves) && Stopwatch.GetElapsedTime(from) < _times.Beat;) await Task.Delay(quick, stop);
            }
        }
        catch (Exception lost) when (lost is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            LogLost(lost);
            End();
            throw;
        }
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        var (last, since) = ((LeadRow.Content?)null, Stopwatch.GetTimestamp());
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var found = await LeadRow.ReadAsync(_source, stop);
                if (found != last) (last, since) = (found, Stopwatch.GetTimestamp());
                if (found is not null) Follow(found.Place.Process);
                if (found is not null && found.Place.Process != _self.Process) await LookAtAsync(found, Stopwatch.GetElapsedTime(since), stop);
            }
            catch (Exception away) when (Outage.CodeOf(away) is not null)
            {
                LogNoDatabase(away);
                if (!_isReady) Show(null);
            }

            await Task.Delay(_times.Look, stop);
        }
    }

    private async Task LookAtAsync(LeadRow.Content found, TimeSpan silent, CancellationToken stop)
    {
        if (silent <= _times.Lease)
        {
            if (found.IsReady) _last = found.Place;
            else if (_last != found.Place) _last = null;
            Show(found.IsReady ? found.Place : null);
            if (found.IsReady) _rehearsal.Begin();
            return;
        }

        _last = null;
        Show(null);
        Follow(Guid.Empty);
        if (silent <= _times.Silence) return;
        var ended = await LeadRow.EndConnectionsAsync(_source, found.Place.Process, stop);
        if (ended > 0) LogEnded(silent.TotalSeconds, ended);
    }

    private void Show(LeadPlace? place)
    {
        lock (_gate)
        {
            if (place is not null) _knows.TrySetResult();
            if (_seen.Place == place) return;
            if (place is null) Volatile.Write(ref _missedSince, Stopwatch.GetTimestamp());
            var before = _seen;
            _seen = new Seen(place);
            // Whoever waits goes on elsewhere, not here.
            _ = before.Over.CancelAsync();
        }
    }

    // What was begun with a process that is asked to stop may end in peace; what was begun with one that is gone never ends.
    private void Follow(Guid process)
    {
        if (_living.Process == process) return;
        var before = _living;
        _living = new Living(process);
        _ = before.Over.CancelAsync();
    }

    // Fails closed and at once: what is in memory here may be out of date from now on, and no orderly end is worth an answer from it.
    private static void End()
    {
        Console.Out.Flush();
        Process.GetCurrentProcess().Kill();
    }

    private sealed record Living(Guid Process)
    {
        public CancellationTokenSource Over { get; } = new();
    }

    private sealed record Seen(LeadPlace? Place)
    {
        public CancellationTokenSource Over { get; } = new();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This process takes over: it loads what it decides from")]
    private partial void LogTakes();

    [LoggerMessage(Level = LogLevel.Information, Message = "This process decides, {Seconds:0.0} s after it took over")]
    private partial void LogLeads(double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "This process hands over: it was asked to stop")]
    private partial void LogLeaves();

    [LoggerMessage(Level = LogLevel.Critical, Message = "This process decides no more and ends: the database does not confirm its lead")]
    private partial void LogLost(Exception lost);

    [LoggerMessage(Level = LogLevel.Critical, Message = "This process could not take over and ends")]
    private partial void LogCannot(Exception failed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The deciding process was silent for {Seconds:0.0} s; its {Count} connections to the database were ended")]
    private partial void LogEnded(double seconds, long count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away; who decides is asked again")]
    private partial void LogNoDatabase(Exception away);
}
