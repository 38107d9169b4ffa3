using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Figures;

/// <summary>What a figure counts in.</summary>
public enum FigureUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Pieces.</summary>
    Count,

    /// <summary>Parts of a hundred.</summary>
    Percent,
}

/// <summary>One number that says how the running system does: more is worse, 0 is well. Declared by whoever owns what it measures.</summary>
/// <param name="Key">For example <c>ingest.lag</c>; the metric is called <c>anlan.{Key}</c>, the words <c>Figure.{Key}</c>, its limit is in the operations' options.</param>
/// <param name="Unit">What it counts in.</param>
/// <param name="Description">One English sentence for whoever reads metrics.</param>
/// <param name="MeasureAsync">Measures now; the services are those of a scope of its own. What it throws means that the figure is unknown.</param>
public sealed record Figure(string Key, FigureUnit Unit, string Description, Func<IServiceProvider, DateTimeOffset, CancellationToken, ValueTask<double>> MeasureAsync);

/// <summary>Registers figures.</summary>
public static class FigureServices
{
    /// <summary>Declares a figure that is read from memory.</summary>
    public static IServiceCollection AddFigure(this IServiceCollection services, string key, FigureUnit unit, string description, Func<IServiceProvider, DateTimeOffset, double> measure) =>
        services.AddFigure(key, unit, description, (scope, now, _) => ValueTask.FromResult(measure(scope, now)));

    /// <summary>Declares a figure that a database is asked for.</summary>
    public static IServiceCollection AddFigure(this IServiceCollection services, string key, FigureUnit unit, string description, Func<IServiceProvider, DateTimeOffset, CancellationToken, ValueTask<double>> measure) =>
        services.AddSingleton(new Figure(key, unit, description, measure));

    /// <summary>The age of something that began then; never below zero, also when a clock was set back.</summary>
    public static double SecondsSince(DateTimeOffset? then, DateTimeOffset now) => then is { } began && began < now ? (now - began).TotalSeconds : 0;
}
