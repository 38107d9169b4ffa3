namespace Anlan.Welding.Chip.Logic;

/// <summary>A self-test that runs: the worst of what was measured since it began (CHIP-TEST-03).</summary>
/// <param name="Downlink">Id of the downlink that asked.</param>
/// <param name="Since">Uptime at which it began.</param>
internal sealed record SelfTest(Guid Downlink, long Since)
{
    private bool _isBlind;

    /// <summary>True when the feedback contact was seen closed once; null while it told nothing.</summary>
    public bool? Contact { get; private set; }

    /// <summary>Largest current so far, or null.</summary>
    public double? Amperes { get; private set; }

    /// <summary>Largest voltage so far, or null.</summary>
    public double? Volts { get; private set; }

    /// <summary>Takes a measurement; true when it was long enough.</summary>
    public bool Take(ChipTick now, in Senses senses)
    {
        if (senses.IsContactClosed is { } closed) Contact = Contact == true || closed;
        // A sensor that tells no number once is no sensor to rely on.
        _isBlind |= !double.IsFinite(senses.Amperes) || !double.IsFinite(senses.Volts);
        Amperes = _isBlind ? null : Math.Max(Amperes ?? 0, Math.Round(Math.Abs(senses.Amperes), 1));
        Volts = _isBlind ? null : Math.Max(Volts ?? 0, Math.Round(Math.Abs(senses.Volts), 1));
        return now.Up - Since >= ChipTimings.SelfTest;
    }
}
