namespace Anlan.Simulator.Chips;

/// <summary>Waiting times between attempts to connect: doubling from one second to a minute, each jittered by half, so that a city does not knock at once (CHIP-CONN-05).</summary>
internal sealed class BackOff(Random dice)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private TimeSpan _next = TimeSpan.FromSeconds(1);

    public TimeSpan Next()
    {
        var wait = _next * (0.5 + dice.NextDouble());
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait < Longest ? wait : Longest;
    }

    public void Reset() => _next = TimeSpan.FromSeconds(1);
}
