namespace Anlan.Simulator.Sites;

/// <summary>What befalls a machine besides work.</summary>
internal enum Mishap
{
    /// <summary>The network is gone for a while.</summary>
    NetworkLost,
    /// <summary>Somebody pulls the plug and puts it back.</summary>
    PowerCut,
    /// <summary>Somebody opens the chip's case.</summary>
    Tampering,
    /// <summary>The gas alarm sounds.</summary>
    GasLeak,
}

/// <summary>One mishap.</summary>
/// <param name="After">Time since the one before.</param>
/// <param name="What">What.</param>
/// <param name="Lasting">How long.</param>
internal sealed record Happening(TimeSpan After, Mishap What, TimeSpan Lasting);

/// <summary>The mishaps of one machine, the same for the same seed.</summary>
internal static class SiteScript
{
    // Mean time between mishaps of one machine: a quarter of an hour, so that fifty of them show something every twenty seconds.
    private static readonly TimeSpan Mean = TimeSpan.FromMinutes(15);

    public static IEnumerable<Happening> Of(int seed, string serial)
    {
        var dice = new Random(Seeds.Of(seed, serial, "mishaps"));
        while (true)
        {
            var after = Mean * -Math.Log(1 - dice.NextDouble());
            var lot = dice.NextDouble();
            var lasting = 3 + dice.NextDouble() * 57;
            yield return lot switch
            {
                < 0.004 => new(after, Mishap.Tampering, TimeSpan.Zero),
                < 0.02 => new(after, Mishap.GasLeak, TimeSpan.Zero),
                < 0.25 => new(after, Mishap.PowerCut, TimeSpan.FromSeconds(lasting / 4)),
                _ => new(after, Mishap.NetworkLost, TimeSpan.FromSeconds(lasting)),
            };
        }
    }
}
