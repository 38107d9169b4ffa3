namespace Anlan.Simulator.Sites;

/// <summary>How a welder ends a stretch of work.</summary>
internal enum Ending
{
    /// <summary>Presses stop on the phone.</summary>
    Phone,
    /// <summary>Presses the button on the machine.</summary>
    Button,
    /// <summary>Walks away: the lease and in the end the session end by themselves.</summary>
    WalksAway,
}

/// <summary>One stretch of work.</summary>
/// <param name="After">Break before it.</param>
/// <param name="Machine">Which of the welder's machines, as a fraction of their number.</param>
/// <param name="Work">How long.</param>
/// <param name="Ending">How it ends.</param>
internal sealed record Stretch(TimeSpan After, double Machine, TimeSpan Work, Ending Ending);

/// <summary>The day of one welder, the same for the same seed.</summary>
internal static class WelderScript
{
    public static IEnumerable<Stretch> Of(int seed, string userName)
    {
        var dice = new Random(Seeds.Of(seed, userName, "work"));
        // Arrivals are spread over the first minutes.
        var after = TimeSpan.FromSeconds(2 + dice.NextDouble() * 150);
        while (true)
        {
            var lot = dice.NextDouble();
            var ending = lot < 0.75 ? Ending.Phone : lot < 0.95 ? Ending.Button : Ending.WalksAway;
            yield return new(after, dice.NextDouble(), TimeSpan.FromSeconds(60 + dice.NextDouble() * 360), ending);
            after = TimeSpan.FromSeconds(30 + dice.NextDouble() * 240);
        }
    }
}
