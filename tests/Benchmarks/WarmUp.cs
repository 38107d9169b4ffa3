using System.Diagnostics;

namespace Anlan.Benchmarks;

/// <summary>
/// The runtime compiles what is used often once more while a server works, and takes a processor for it: a server that has run for a minute is what
/// is measured, so a bench begins when the rate rises no more.
/// </summary>
internal static class WarmUp
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    /// <summary>Turns until the rate has not risen by three in a hundred twice.</summary>
    /// <param name="turnFor">Lets the load run for a while.</param>
    /// <param name="done">How much was done so far.</param>
    /// <param name="least">At least so much is done before.</param>
    public static void Run(Action<TimeSpan> turnFor, Func<int> done, int least)
    {
        Console.WriteLine($"Warming up until the rate rises no more, {Longest.TotalSeconds:F0} s at most");
        for (var (began, best, calm) = (Stopwatch.GetTimestamp(), 0, 0); calm < 2 && Stopwatch.GetElapsedTime(began) < Longest;)
        {
            var before = done();
            turnFor(Window);
            var more = done() - before;
            calm = done() >= least && more < best * 1.03 ? calm + 1 : 0;
            best = Math.Max(best, more);
        }
    }
}
