using Anlan.Simulator.Chips;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Simulator.Sites;

/// <summary>A machine at work: whenever it has power somebody welds, some seconds of arc, some seconds of fitting; the power stage warms and cools.</summary>
internal sealed class WeldingScene(string kind, double ratedCurrent, double latitude, double longitude, Random dice) : IScene
{
    private const double Ambient = 24;
    private const double HottestByArc = 66;
    private double _temperature = Ambient;
    private double _amperes;
    private long _changesAt;
    private long _read;
    private long _openUntil;
    private long _gasUntil;
    private bool _arc;

    public ChipPosition Position { get; } = new(Math.Round(latitude + Jitter(dice), 6), Math.Round(longitude + Jitter(dice), 6));

    /// <summary>Somebody opens the case for some seconds at the next measurement.</summary>
    public void OpenCase() => _openUntil = long.MaxValue;

    /// <summary>The gas alarm sounds for some seconds at the next measurement; gas machines only.</summary>
    public void LeakGas() => _gasUntil = kind == "gas" ? long.MaxValue : 0;

    public void PowerFailed() => (_changesAt, _read, _arc) = (0, 0, false);

    public Senses Read(long up, bool isPowered)
    {
        var passed = Math.Clamp((up - _read) / 1_000.0, 0, 10);
        _read = up;
        if (_openUntil == long.MaxValue) _openUntil = up + 5_000;
        if (_gasUntil == long.MaxValue) _gasUntil = up + 20_000;
        Weld(up, isPowered);
        // Warms and cools towards its end temperature with a time constant of two minutes.
        var towards = _arc ? HottestByArc : Ambient + (isPowered ? 6 : 0);
        _temperature += (towards - _temperature) * (1 - Math.Exp(-passed / 120));
        var amperes = _arc ? _amperes * (0.96 + 0.08 * dice.NextDouble()) : 0;
        var volts = _arc ? 20 + 0.04 * amperes : isPowered ? 63 : 0;
        return new Senses(amperes, volts, _arc, _temperature, up < _gasUntil, up < _openUntil, isPowered);
    }

    private void Weld(long up, bool isPowered)
    {
        if (!isPowered)
        {
            (_arc, _changesAt) = (false, 0);
            return;
        }

        if (_changesAt == 0) _changesAt = up + 3_000 + dice.Next(6_000);
        if (up < _changesAt) return;
        _arc = !_arc;
        _amperes = ratedCurrent * (0.35 + 0.4 * dice.NextDouble());
        _changesAt = up + (_arc ? 8_000 + dice.Next(35_000) : 4_000 + dice.Next(20_000));
    }

    // A few metres.
    private static double Jitter(Random dice) => (dice.NextDouble() - 0.5) * 0.0001;
}
