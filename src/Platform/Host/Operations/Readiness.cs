using System.Diagnostics;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Operations;

/// <summary>Can this server do its work? Asked by balancers and watchdogs; whoever asks learns positions and which part is away, nothing else.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="Log">Last position of the log.</param>
    /// <param name="Projected">How far the read tables know it.</param>
    /// <param name="Measured">Last position of the telemetry.</param>
    /// <param name="RolledUp">How far it is rolled up.</param>
    /// <param name="Away">What is away: <c>log</c>, <c>database</c>; empty when it is ready.</param>
    public sealed record Answer(long Log, long Projected, long Measured, long RolledUp, IReadOnlyList<string> Away);

    public static async Task<IResult> AnswerAsync(HotLog log, TelemetryLog telemetry, Projector projector, AnlanDb db, CancellationToken stop)
    {
        var away = new List<string>();
        if (log.Commits.IsFailing(Stopwatch.GetTimestamp())) away.Add("log");
        if (!await IsThereAsync(db, stop)) away.Add("database");
        return Results.Json(new Answer(log.LastSeq, projector.Seq, telemetry.LastSeq, projector.Measured, away), statusCode: away.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<bool> IsThereAsync(AnlanDb db, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            return await db.Database.CanConnectAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
