using System.Collections.Concurrent;
using System.Collections.Immutable;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Places;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Welding.Fitting;

namespace Anlan.Welding.Machines;

/// <summary>A machine as the interlock needs it.</summary>
/// <param name="Id">The machine.</param>
/// <param name="Code">Printed code.</param>
/// <param name="Kind">What it welds with.</param>
/// <param name="Model">Model.</param>
/// <param name="RatedCurrent">Amperes.</param>
/// <param name="UserEnterprise">For whom it is used.</param>
/// <param name="Division">Where it stands.</param>
/// <param name="Site">Where it stands, in words.</param>
/// <param name="Place">Declared place, WGS-84.</param>
/// <param name="FenceMetres">How far from its place the chip may be.</param>
/// <param name="Chip">Serial of the fitted chip, or null.</param>
/// <param name="LockReason">Why it is locked, or null.</param>
/// <param name="ScrapReason">Why it was scrapped, or null.</param>
internal sealed record MachineFacts(
    MachineId Id, string Code, MachineKind Kind, string Model, int RatedCurrent, EnterpriseId UserEnterprise, DivisionCode Division, string Site,
    GeoPoint Place, int FenceMetres, string? Chip, string? LockReason, string? ScrapReason)
{
    /// <summary>How far the fitting of its chip has come; nothing is known to be active until somebody says so.</summary>
    public FittingState Fitting { get; init; }

    /// <summary>The agreed day of the fitting, or null.</summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>When it was registered.</summary>
    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>A machine belongs to the enterprise that uses it and to whoever supervises the place where it stands.</summary>
    public Anchor Anchor => new(Division, UserEnterprise.Value);
}

/// <summary>All machines in memory: a start and a chip's message touch no disk to find theirs.</summary>
internal sealed class MachineIndex : EntityIndex<WeldingMachine>
{
    private readonly FactsByPlace<MachineId, MachineFacts> _facts = new(machine => machine.Anchor);
    private readonly ConcurrentDictionary<EnterpriseId, ImmutableHashSet<MachineId>> _byUser = new();
    private readonly ConcurrentDictionary<string, MachineId> _byCode = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, MachineId> _byChip = new(StringComparer.Ordinal);

    /// <summary>All machines, in no order.</summary>
    public IEnumerable<MachineFacts> All => _facts.All;

    public MachineFacts? Find(MachineId id) => _facts.Find(id);

    /// <summary>The machines that an enterprise uses, wherever they stand.</summary>
    public IEnumerable<MachineFacts> UsedBy(EnterpriseId enterprise) => _byUser.GetValueOrDefault(enterprise, []).Select(Find).OfType<MachineFacts>();

    /// <summary>The machines in a scope, in no order.</summary>
    public IEnumerable<MachineFacts> Within(Scope scope) => _facts.Within(scope, enterprise => UsedBy(new EnterpriseId(enterprise)));

    public MachineFacts? FindByCode(string code) => _byCode.TryGetValue(code, out var id) ? Find(id) : null;

    /// <summary>The machine to which a chip is fitted, or null.</summary>
    public MachineFacts? FindByChip(string serial) => _byChip.TryGetValue(serial, out var id) ? Find(id) : null;

    protected override void Clear()
    {
        _facts.Clear();
        _byUser.Clear();
        _byCode.Clear();
        _byChip.Clear();
    }

    protected override void Put(WeldingMachine entity)
    {
        var old = _facts.Put(entity.Id, new MachineFacts(
            entity.Id, entity.Code, entity.Kind, entity.Model, entity.RatedCurrent, entity.UserEnterprise, entity.Division, entity.Site,
            new GeoPoint(entity.Latitude, entity.Longitude), entity.FenceMetres, entity.ChipSerial, entity.LockReason, entity.ScrapReason)
        { Fitting = entity.Fitting, PlannedOn = entity.FittingPlannedOn, RegisteredAt = entity.RegisteredAt });
        _byUser.AddOrUpdate(entity.UserEnterprise, [entity.Id], (_, machines) => machines.Add(entity.Id));
        if (old is not null && old.UserEnterprise != entity.UserEnterprise) Drop(old);
        _byCode[entity.Code] = entity.Id;
        if (old?.Chip is { } chip && chip != entity.ChipSerial) _byChip.TryRemove(new(chip, entity.Id));
        if (entity.ChipSerial is { } fitted) _byChip[fitted] = entity.Id;
    }

    protected override void Remove(WeldingMachine entity)
    {
        if (_facts.Remove(entity.Id) is { } old) Drop(old);
        _byCode.TryRemove(entity.Code, out _);
        if (entity.ChipSerial is { } chip) _byChip.TryRemove(new(chip, entity.Id));
    }

    private void Drop(MachineFacts machine) => _byUser.AddOrUpdate(machine.UserEnterprise, [], (_, machines) => machines.Remove(machine.Id));
}
