namespace Anlan.Welding.Chip.Logic;

/// <summary>What a chip keeps without power (CHIP-MEM-01). Everything else is forgotten in a power cut.</summary>
public sealed record ChipMemory
{
    /// <summary>Power-up counter.</summary>
    public long Boot { get; init; }

    /// <summary>Highest grant counter accepted or revoked.</summary>
    public long Counter { get; init; }

    /// <summary>The session of the last accepted grant: once its power is off, no grant brings it back.</summary>
    public Guid? Session { get; init; }

    /// <summary>True from tampering until a person cleared it.</summary>
    public bool IsTampered { get; init; }

    /// <summary>The machine to which the chip is fitted, or null.</summary>
    public Guid? Machine { get; init; }

    /// <summary>Version of the newest settings, 0 = none.</summary>
    public long ConfigVersion { get; init; }

    /// <summary>Trusted public keys, DER SubjectPublicKeyInfo.</summary>
    public IReadOnlyList<byte[]> Keys { get; init; } = [];
}

/// <summary>Non-volatile memory. <see cref="Save"/> returns when the content would survive a power cut, all of it or none.</summary>
public interface IChipStore
{
    /// <summary>The last saved content; factory content on first use: the keys, everything else empty.</summary>
    ChipMemory Load();

    /// <summary>Writes the content.</summary>
    /// <exception cref="IOException">Not written.</exception>
    void Save(ChipMemory memory);
}
