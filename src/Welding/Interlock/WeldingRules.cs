using System.Collections.Concurrent;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Rules;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Interlock;

/// <summary>The rules of the day for a machine. Each day, place and kind of machine asks the book once.</summary>
internal sealed class WeldingRules(RuleBook book, MachineIndex machines)
{
    /// <summary>Category of the certificates that the interlock asks for: 焊接与热切割作业.</summary>
    public const string Category = "welding";

    private DayRules _today = new(default);

    /// <summary>The rules for a machine on a day; the city's own for a machine that nobody knows.</summary>
    public WeldingLimits For(MachineFacts? machine, DateOnly day)
    {
        var today = Volatile.Read(ref _today);
        if (today.Day != day) Volatile.Write(ref _today, today = new DayRules(day));
        var key = (machine?.Division, machine?.Kind);
        return today.Limits.TryGetValue(key, out var limits) ? limits : today.Limits.GetOrAdd(key, new WeldingLimits(book, day, key.Division, key.Kind));
    }

    /// <summary>The rules for a machine by its id.</summary>
    public WeldingLimits For(MachineId machine, DateOnly day) => For(machines.Find(machine), day);

    /// <summary>Sub-items of which a welder needs one for a kind of machine; arc and gas welding and cutting are one sub-item.</summary>
    public static IReadOnlyList<string> SubItemsFor(MachineKind kind) => kind switch
    {
        MachineKind.Electric or MachineKind.Gas => ["fusion"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private sealed record DayRules(DateOnly Day)
    {
        public ConcurrentDictionary<(DivisionCode? Division, MachineKind? Kind), WeldingLimits> Limits { get; } = new();
    }
}
