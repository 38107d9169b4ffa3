using System.Collections.Concurrent;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Data;

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
    GeoPoint Place, int FenceMetres, string? Chip, string? LockReason, string? ScrapReason);

/// <summary>All machines in memory: a start and a chip's message touch no disk to find theirs.</summary>
internal sealed class MachineIndex : EntityIndex<WeldingMachine>
{
    private readonly ConcurrentDictionary<MachineId, MachineFacts> _byId = new();
    private readonly ConcurrentDictionary<string, MachineId> _byCode = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, MachineId> _byChip = new(StringComparer.Ordinal);

    /// <summary>All machines, in no order.</summary>
    public IEnumerable<MachineFacts> All => _byId.Values;

    public MachineFacts? Find(MachineId id) => _byId.GetValueOrDefault(id);

    public MachineFacts? FindByCode(string code) => _byCode.TryGetValue(code, out var id) ? Find(id) : null;

    /// <summary>The machine to which a chip is fitted, or null.</summary>
    public MachineFacts? FindByChip(string serial) => _byChip.TryGetValue(serial, out var id) ? Find(id) : null;

    protected override void Clear()
    {
        _byId.Clear();
        _byCode.Clear();
        _byChip.Clear();
    }

    protected override void Put(WeldingMachine entity)
    {
        var old = Find(entity.Id);
        _byId[entity.Id] = new MachineFacts(
            entity.Id, entity.Code, entity.Kind, entity.Model, entity.RatedCurrent, entity.UserEnterprise, entity.Division, entity.Site,
            new GeoPoint(entity.Latitude, entity.Longitude), entity.FenceMetres, entity.ChipSerial, entity.LockReason, entity.ScrapReason);
        _byCode[entity.Code] = entity.Id;
        if (old?.Chip is { } chip && chip != entity.ChipSerial) _byChip.TryRemove(new(chip, entity.Id));
        if (entity.ChipSerial is { } fitted) _byChip[fitted] = entity.Id;
    }

    protected override void Remove(WeldingMachine entity)
    {
        _byId.TryRemove(entity.Id, out _);
        _byCode.TryRemove(entity.Code, out _);
        if (entity.ChipSerial is { } chip) _byChip.TryRemove(new(chip, entity.Id));
    }
}
