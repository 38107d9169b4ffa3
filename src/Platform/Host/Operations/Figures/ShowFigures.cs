using Anlan.Toolkit.Access;
using Anlan.Toolkit.Figures;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;

namespace Anlan.Host.Operations.Figures;

/// <summary>How the running system does: each figure with its limit and whether it is an alarm.</summary>
internal sealed class ShowFigures(FigureBoard board, HotLog log, Projector projector, MqttBroker broker, MqttCounters counters)
{
    /// <param name="Figure">Key.</param>
    /// <param name="Unit"><c>seconds</c> or <c>count</c>.</param>
    /// <param name="Value">What was measured; null = it could not be measured.</param>
    /// <param name="Limit">From where on it is too much.</param>
    /// <param name="State"><c>well</c>, <c>past</c> (too much, not for long enough), <c>alarm</c>, <c>ending</c> (an alarm whose figure is well again) or <c>unknown</c>, before it has become an alarm.</param>
    /// <param name="AlarmSince">Since when it is an alarm.</param>
    public sealed record Row(string Figure, FigureUnit Unit, double? Value, double Limit, string State, DateTimeOffset? AlarmSince);

    /// <param name="MeasuredAt">When the figures were measured.</param>
    /// <param name="Figures">The figures.</param>
    /// <param name="LogPosition">Last durable entry of the log.</param>
    /// <param name="ProjectedPosition">Last entry in the read tables.</param>
    /// <param name="Connections">Devices with a connection.</param>
    /// <param name="Taken">Uplinks taken since the start.</param>
    public sealed record Shown(DateTimeOffset? MeasuredAt, IReadOnlyList<Row> Figures, long LogPosition, long ProjectedPosition, int Connections, long Taken);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/operations/figures", (ShowFigures slice) => slice.RunAsync())
            .RequirePermission(OperationsPermissions.View).Scoped(ScopedBy.Installation).WithTags("Operations").WithSummary("How the running system does: each figure with its limit and whether it is an alarm");

    public Task<Shown> RunAsync() => Task.FromResult(new Shown(
        board.MeasuredAt, [.. board.Standings.Select(Read)], log.LastSeq, projector.Seq, broker.ConnectionCount, counters.Taken));

    private static Row Read(FigureBoard.Standing standing) => new(
        standing.Figure.Key, standing.Figure.Unit, standing.Value, standing.Alarm.Limit, StateOf(standing), standing.Alarm.RaisedAt);

    private static string StateOf(FigureBoard.Standing standing) => (standing.Alarm.RaisedAt, standing.Alarm.IsPast(standing.Value), standing.Value) switch
    {
        (not null, true, _) => "alarm",
        (not null, false, _) => "ending",
        (null, _, null) => "unknown",
        (null, true, _) => "past",
        _ => "well",
    };
}
