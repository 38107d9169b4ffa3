using System.Diagnostics;

namespace Anlan.Benchmarks;

/// <summary>Asks until something is so. Whoever waits in vain is told for what, how long, and what was seen last.</summary>
internal static class Waiting
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromMilliseconds(50);

    /// <param name="isSo">Asked at once and after each pause.</param>
    /// <param name="most">Longest wait.</param>
    /// <param name="what">What is waited for.</param>
    /// <param name="pause">Between two questions; 50 ms when left out.</param>
    /// <param name="seen">What was seen last.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="TimeoutException">It did not become so.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan most, string what, TimeSpan? pause = null, Func<string>? seen = null, CancellationToken stop = default)
    {
        for (var from = Stopwatch.GetTimestamp(); !await isSo(); await Task.Delay(pause ?? UsualPause, stop))
        {
            if (Stopwatch.GetElapsedTime(from) > most) throw new TimeoutException($"Waited in vain for {most.TotalSeconds:0} s: {what}.{(seen is null ? "" : "\n" + seen())}");
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, TimeSpan, string, TimeSpan?, Func{string}?, CancellationToken)" />
    public static Task UntilAsync(Func<bool> isSo, TimeSpan most, string what, TimeSpan? pause = null, Func<string>? seen = null, CancellationToken stop = default) =>
        UntilAsync(() => Task.FromResult(isSo()), most, what, pause, seen, stop);
}
