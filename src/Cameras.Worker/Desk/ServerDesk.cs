using System.Net;
using System.Text.Json;
using Anlan.Cameras.Sight.Wire;
using Microsoft.Extensions.Logging;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>
/// Asks the server every two seconds which cameras are this worker's, and says how they do. Without an answer it goes on with those it has: two who look are better than none.
/// </summary>
internal sealed partial class ServerDesk(ServerLine line, CameraDesk cameras, Spool spool, string worker, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(2);
    private const double Slow = 0.8;
    private bool _wasAnswered;
    private bool _isDown;
    private bool _isFull;
    private bool _isSkewed;

    /// <summary>Asks until it is stopped; then gives the cameras back.</summary>
    /// <exception cref="KeyRefusedException">The server refused the key at the start. Later on that is only said: cameras are not given up because somebody renews keys.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var wait = Pause;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var reports = cameras.Reports();
                var answer = await line.LeaseAsync(new LeaseRequest(worker, Environment.ProcessorCount, Leaving: false, reports), stop);
                cameras.Reported(reports);
                Take(answer);
                wait = Pause;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (KeyRefusedException) when (!_wasAnswered)
            {
                throw;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException or JsonException or KeyRefusedException)
            {
                if (!_isDown) LogDown(log, Say(broken), cameras.Reports().Count);
                _isDown = true;
                // Whoever refuses all is asked less often; a line that is cut may be back at any time.
                wait = broken is KeyRefusedException or HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } ? (wait * 2 < Longest ? wait * 2 : Longest) : Pause;
            }

            await Task.Delay(wait, clock, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await LeaveAsync();
    }

    private void Take(LeaseAnswer answer)
    {
        if (!_wasAnswered || _isDown) LogUp(log, answer.Cameras.Count, spool.Count);
        (_wasAnswered, _isDown) = (true, false);
        var skew = (clock.GetUtcNow() - answer.Now).Duration();
        if (skew > MostSkew != _isSkewed)
        {
            _isSkewed = !_isSkewed;
            if (_isSkewed) LogSkewed(log, skew.TotalSeconds);
        }

        cameras.Hold(answer.Cameras, TimeZoneInfo.FindSystemTimeZoneById(answer.TimeZone));
        TellRates();
    }

    private void TellRates()
    {
        var reports = cameras.Reports().Where(report => report.WantedRate > 0).ToList();
        var isFull = reports.Exists(report => report.Rate < Slow * report.WantedRate);
        if (isFull && !_isFull) LogFull(log, reports.Sum(report => report.Rate), reports.Sum(report => report.WantedRate), reports.Count);
        if (!isFull && _isFull) LogRoom(log);
        _isFull = isFull;
    }

    private async Task LeaveAsync()
    {
        using var late = new CancellationTokenSource(Farewell, clock);
        try
        {
            await line.LeaseAsync(new LeaseRequest(worker, Environment.ProcessorCount, Leaving: true, cameras.Reports()), late.Token);
            LogLeft(log);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException or JsonException or KeyRefusedException)
        {
            // The server notices by itself when the leases end.
            LogDown(log, Say(broken), cameras.Reports().Count);
        }
    }

    private static string Say(Exception broken) => broken switch
    {
        OperationCanceledException => "it did not answer in time.",
        HttpRequestException { InnerException: { } cause } => $"{broken.Message} ({cause.GetType().Name})",
        JsonException => "what it answered cannot be read.",
        _ => broken.Message,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server cannot be reached: {Reason} It is tried again; {Cameras} cameras go on")]
    private static partial void LogDown(ILogger logger, string reason, int cameras);

    [LoggerMessage(Level = LogLevel.Information, Message = "The server answers: {Cameras} cameras are this worker's; {Count} files wait for delivery")]
    private static partial void LogUp(ILogger logger, int cameras, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This machine is full: {Rate:0.0} of {Wanted:0.0} pictures a second of {Cameras} cameras are looked at")]
    private static partial void LogFull(ILogger logger, double rate, double wanted, int cameras);

    [LoggerMessage(Level = LogLevel.Information, Message = "All pictures are looked at again")]
    private static partial void LogRoom(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of this machine is {Seconds:0.0} s away from the server's: times of events will be wrong. Set it by NTP")]
    private static partial void LogSkewed(ILogger logger, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cameras were given back")]
    private static partial void LogLeft(ILogger logger);
}
