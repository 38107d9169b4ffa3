using System.Diagnostics;

namespace Anlan.Toolkit.Tracing;

/// <summary>The steps of a start as spans: decision, log, grant, answer of the chip. While nobody listens a step is null and costs nothing.</summary>
public static class Traces
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "Anlan";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a step; dispose at its end. Tags hold ids and codes, never names or numbers of people.</summary>
    public static Activity? Step(string name) => Source.StartActivity(name);
}
