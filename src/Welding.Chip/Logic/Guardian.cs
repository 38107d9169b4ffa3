using Anlan.Welding.Chip.Messages;

namespace Anlan.Welding.Chip.Logic;

/// <summary>Watches what the chip measures and tells what has just gone wrong, each thing once (CHIP-EVENT).</summary>
internal sealed class Guardian
{
    private long? _contactDiffersSince;
    private long _lastArcEvent = long.MinValue / 2;
    private long _lastClosed = long.MinValue / 2;

    /// <summary>True while the tamper contact is open.</summary>
    public bool IsOpened { get; private set; }

    public bool IsGas { get; private set; }

    public bool IsTooHot { get; private set; }

    public bool HasRelayFault { get; private set; }

    /// <summary>What begins at this moment.</summary>
    public IEnumerable<(ChipEventKind Kind, double? Value)> Watch(ChipTick now, Senses senses, bool isRelayClosed)
    {
        List<(ChipEventKind, double?)> begun = [];
        if (senses.IsOpened && !IsOpened) begun.Add((ChipEventKind.Tamper, null));
        IsOpened = senses.IsOpened;

        if (senses.Gas && !IsGas) begun.Add((ChipEventKind.Gas, null));
        IsGas = senses.Gas;

        // A sensor that tells no number tells that it is broken: as hot as can be.
        var isTooHot = !double.IsFinite(senses.Temperature) || senses.Temperature >= (IsTooHot ? ChipTimings.CooledDown : ChipTimings.OverTemperature);
        if (isTooHot && !IsTooHot) begun.Add((ChipEventKind.OverTemperature, double.IsFinite(senses.Temperature) ? senses.Temperature : null));
        IsTooHot = isTooHot;

        if (HasContactFailed(now, senses, isRelayClosed)) begun.Add((ChipEventKind.RelayFault, null));

        if (isRelayClosed) _lastClosed = now.Up;
        // The current takes a moment to die away after the contact opened.
        if (senses.Arc && !isRelayClosed && now.Up - _lastClosed >= ChipTimings.ContactLag && now.Up - _lastArcEvent >= ChipTimings.ArcEventPause)
        {
            _lastArcEvent = now.Up;
            begun.Add((ChipEventKind.ArcWithoutGrant, senses.Amperes));
        }

        return begun;
    }

    private bool HasContactFailed(ChipTick now, in Senses senses, bool isRelayClosed)
    {
        if (senses.IsContactClosed is not { } contact || contact == isRelayClosed)
        {
            (_contactDiffersSince, HasRelayFault) = (null, false);
            return false;
        }

        _contactDiffersSince ??= now.Up;
        if (HasRelayFault || now.Up - _contactDiffersSince < ChipTimings.ContactLag) return false;
        HasRelayFault = true;
        return true;
    }
}
