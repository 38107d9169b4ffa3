using Anlan.Kernel.Rules;
using Anlan.Toolkit.Rules;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Interlock;

/// <summary>The module's rules (<c>rules.json</c>) and the numbers that decisions take from them.</summary>
internal static class WeldingRules
{
    /// <summary>Category of the certificates that the interlock asks for: 焊接与热切割作业.</summary>
    public const string Category = "welding";

    private static readonly RuleFile File = RuleFile.Read(typeof(WeldingRules).Assembly, "Anlan.Welding.Interlock.rules.json");

    /// <summary>All rules.</summary>
    public static IReadOnlyCollection<Rule> All => File.All;

    /// <summary>Longest age of a proof of person.</summary>
    public static TimeSpan ProofAge { get; } = Seconds("WELD-PROOF-AGE");

    /// <summary>Longest age of the chip's position at a start.</summary>
    public static TimeSpan PlaceAge { get; } = Seconds("WELD-PLACE-AGE");

    /// <summary>Longest lease.</summary>
    public static TimeSpan Lease { get; } = Seconds("WELD-LEASE");

    /// <summary>Longest session.</summary>
    public static TimeSpan Session { get; } = Seconds("WELD-SESSION");

    /// <summary>Window in which the chip may accept a start.</summary>
    public static TimeSpan StartWindow { get; } = Seconds("WELD-START-WINDOW");

    /// <summary>Window in which the chip may accept a renewal.</summary>
    public static TimeSpan RenewalWindow { get; } = Seconds("WELD-RENEWAL-WINDOW");

    /// <summary>How long after the end of a lease a silent chip counts as off.</summary>
    public static TimeSpan LeaseGrace { get; } = Seconds("WELD-LEASE-GRACE");

    /// <summary>How far the phone may be from the machine, beyond the machine's own fence.</summary>
    public static double PhoneMetres { get; } = File["WELD-PHONE-DISTANCE"].Limit!.Value;

    /// <summary>Reviews of certificates; judged on the day on which the review is due.</summary>
    public static Rule Review { get; } = File["WELD-CERTIFICATE-REVIEW"];

    /// <summary>The rule with this id, or null.</summary>
    public static Rule? Find(string? id) => id is null ? null : File.Find(id);

    /// <summary>Sub-items of which a welder needs one for a kind of machine; arc and gas welding and cutting are one sub-item.</summary>
    public static IReadOnlyList<string> SubItemsFor(MachineKind kind) => kind switch
    {
        MachineKind.Electric or MachineKind.Gas => ["fusion"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static TimeSpan Seconds(string rule) => TimeSpan.FromSeconds(File[rule].Limit!.Value);
}
