using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Import;
using Anlan.Welding.Fitting;
using Anlan.Welding.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Machines;

/// <summary>Machines from a file; the code on the label tells them apart. Whoever may fit chips may name the fitted one too. What the interlock judges by stays still while a session is open.</summary>
internal sealed class MachineSheet(
    WeldingDb db, MachineIndex index, MachineFields fields, FitChip fit, FittingDesk desk, IEnterprises enterprises, IDivisionNames names, OpenSessions sessions, IPermissions permissions, Attachments files, CurrentActor current, CurrentScope scope, TimeProvider clock)
    : ImportSheet<WeldingMachine>
{
    public static SheetForm Form { get; } = new SheetForm("machines", typeof(Words), WeldingPermissions.Register, typeof(MachineSheet),
    [
        new SheetColumn("code", "DQ-0001") { IsRequired = true },
        new SheetColumn("kind", "") { IsRequired = true, Choices = [new SheetChoice("electric", "Kind.Electric"), new SheetChoice("gas", "Kind.Gas")] },
        new SheetColumn("model", "ZX7-400") { IsRequired = true },
        new SheetColumn("ratedCurrent", "400"),
        new SheetColumn("userEnterprise", "91990000123456788C") { IsRequired = true },
        new SheetColumn("ownerEnterprise", "91990000123456788C"),
        new SheetColumn("ownerPerson", "990000199001010017") { IsPersonal = true },
        new SheetColumn("division", "@Import.Example.Division") { IsRequired = true },
        new SheetColumn("site", "@Import.Example.Site") { IsRequired = true },
        new SheetColumn("latitude", "30.545") { IsRequired = true },
        new SheetColumn("longitude", "119.968") { IsRequired = true },
        new SheetColumn("datum", "wgs84") { IsRequired = true, Choices = [new SheetChoice("wgs84", "Datum.wgs84"), new SheetChoice("gcj02", "Datum.gcj02")] },
        new SheetColumn("fenceMetres", "200"),
        new SheetColumn("chipSerial", "HZX-000001"),
        new SheetColumn("fitting", "") { Choices = [new SheetChoice("installed", "Fitting.Installed"), new SheetChoice("active", "Fitting.Active")] },
    ])
    { Order = 50 };

    private readonly Dictionary<string, string> _chips = new(StringComparer.Ordinal);

    private sealed record Before(Registered Machine, string? Chip, FittingState Fitting);

    // What a declaration is made of, in types that are written to text and back.
    private sealed record Registered(MachineKind Kind, string Model, int RatedCurrent, Guid? OwnerEnterprise, Guid? OwnerPerson, Guid UserEnterprise, string Division, string Site, double Latitude, double Longitude, int FenceMetres)
    {
        public static Registered Of(WeldingMachine m) => new(
            m.Kind, m.Model, m.RatedCurrent, m.OwnerEnterprise?.Value, m.OwnerPerson?.Value, m.UserEnterprise.Value, m.Division.Value, m.Site, m.Latitude, m.Longitude, m.FenceMetres);

        public DeclaredMachine ToDeclared() => new(
            Kind, Model, RatedCurrent, OwnerEnterprise is { } o ? new EnterpriseId(o) : null, OwnerPerson is { } p ? new PersonId(p) : null, new EnterpriseId(UserEnterprise), new(Division), Site, new(Latitude, Longitude), FenceMetres);
    }

    public override bool JudgesByWork => true;

    public override async Task<IReadOnlyList<RowPlan>> PlanAsync(IReadOnlyList<SheetRow> rows, CancellationToken stop)
    {
        var codes = rows.Select(row => MachineRules.CodeOf(row.Text("code"))).ToList();
        var ids = codes.Select(code => index.FindByCode(code)?.Id.Value).OfType<Guid>().ToList();
        var records = ids.Count == 0 ? [] : await LoadAsync(ids, stop);
        var (plans, mayFit) = (new List<RowPlan>(), permissions.IsHeld(WeldingPermissions.Fit, current.Actor));
        for (var at = 0; at < rows.Count; at++) plans.Add(await PlanAsync(rows[at], codes[at], index.FindByCode(codes[at]) is { } known ? records.GetValueOrDefault(known.Id.Value) : null, mayFit, stop));
        return plans;
    }

    protected override Task<Dictionary<Guid, WeldingMachine>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken stop)
    {
        var wanted = ids.Select(id => new MachineId(id)).ToList();
        return db.Machines.Where(m => wanted.Contains(m.Id)).ToDictionaryAsync(m => m.Id.Value, stop);
    }

    protected override async Task<IReadOnlyDictionary<WeldingMachine, Refusal>> StandAgainstRemovalAsync(IReadOnlyList<WeldingMachine> records, CancellationToken stop)
    {
        var ids = records.Select(record => record.Id).ToList();
        var used = await db.Sessions.Where(s => ids.Contains(s.Machine)).Select(s => s.Machine).Distinct().ToListAsync(stop);
        var named = await files.NamingAsync(MachineFiles.Kind, ids.ConvertAll(id => id.Value), stop);
        return records.Select(record => (Record: record, Refusal: Against(record, used, named))).Where(pair => pair.Refusal is not null).ToDictionary(pair => pair.Record, pair => pair.Refusal!);
    }

    protected override Refusal? StandsAgainstRestoring(WeldingMachine record) => sessions.At(record.Id) is null ? null : new Refusal("SessionOpen");

    protected override void Remove(WeldingMachine record)
    {
        if (record.ChipSerial is { } serial) db.Context.Publish(new ChipFitted(null, serial, clock.GetUtcNow()));
        db.FittingSteps.RemoveRange(db.FittingSteps.Where(s => s.Machine == record.Id));
        db.Loans.RemoveRange(db.Loans.Where(l => l.Machine == record.Id));
        db.Machines.Remove(record);
        db.Context.Audit("welding.machine.removed", $"machine/{record.Id.Value}", new { record.Code, import = true });
    }

    protected override void Restore(WeldingMachine record, string before)
    {
        var old = JsonSerializer.Deserialize<Before>(before)!;
        Write(record, old.Machine.ToDeclared(), old.Chip, old.Fitting);
    }

    private async Task<RowPlan> PlanAsync(SheetRow row, string code, WeldingMachine? known, bool mayFit, CancellationToken stop)
    {
        if (known is not null && !index.Find(known.Id)!.Anchor.IsWithin(scope.Now)) return RowPlan.Refused(Refusal.OfField("code", "CodeTaken") with { Measured = FactValue.Text(code) });
        if (known?.ScrapReason is not null) return RowPlan.Refused(Refusal.OfField("code", "MachineScrapped"));
        var declared = await fields.ReadAsync(Declaration(row, known), known, stop);
        var serial = row.Text("chipSerial");
        Refusal?[] wrong = [MachineRules.Code(code), Chip(serial, known, code, mayFit)];
        List<Refusal> refusals = [.. wrong.OfType<Refusal>(), .. declared.Refusals];
        if (refusals.Count > 0) return RowPlan.Refused(refusals);
        var chip = serial ?? known?.ChipSerial;
        // Whoever names a chip says that it is fitted; that it was tested too must be said as well, or it is tested first.
        var state = chip is null ? FittingState.Removed : row.Word("fitting") == "active" ? FittingState.Active : FittingState.Installed;
        if (known is null) return RowPlan.Create(code, () => Enter(code, declared.Value, chip, state));

        var (before, after) = (DeclaredMachine.Of(known), declared.Value);
        if (before == after && chip == known.ChipSerial) return RowPlan.Same(code);
        if (!EditMachine.IsOnlyWords(before, after) && sessions.At(known.Id) is not null) return RowPlan.Refused(new Refusal("SessionOpen"));
        return RowPlan.Update(code, () =>
        {
            var kept = JsonSerializer.Serialize(new Before(Registered.Of(known), known.ChipSerial, known.Fitting));
            Write(known, after, chip, state);
            return new RowChange(known.Id.Value, known, kept);
        });
    }

    private Refusal? Against(WeldingMachine record, List<MachineId> used, HashSet<Guid> named)
    {
        if (used.Contains(record.Id) || sessions.At(record.Id) is not null) return new Refusal("MachineHasWork") { Measured = FactValue.Text(record.Code) };
        return named.Contains(record.Id.Value) ? Attachments.StandInTheWay : null;
    }

    private MachineDeclaration Declaration(SheetRow row, WeldingMachine? known)
    {
        var (user, owner, person) = (row.Text("userEnterprise"), row.Text("ownerEnterprise"), row.Text("ownerPerson"));
        var keepsOwner = owner is null && person is null && known is not null;
        return new MachineDeclaration
        {
            Kind = row.Word("kind"),
            Model = row.Text("model"),
            RatedCurrent = row.Whole("ratedCurrent") ?? known?.RatedCurrent,
            OwnerCreditCode = owner,
            OwnerIdentityNumber = person,
            OwnerEnterprise = keepsOwner ? known!.OwnerEnterprise?.Value : null,
            OwnerPerson = keepsOwner ? known!.OwnerPerson?.Value : null,
            // A code that nobody has is an enterprise that nobody knows.
            UserEnterprise = user is null ? null : enterprises.FindByCreditCode(user)?.Id.Value ?? Guid.Empty,
            Division = names.CodeOf(row.Text("division")),
            Site = row.Text("site"),
            Latitude = row.Decimal("latitude"),
            Longitude = row.Decimal("longitude"),
            Datum = row.Word("datum"),
            FenceMetres = row.Whole("fenceMetres"),
        };
    }

    private Refusal? Chip(string? serial, WeldingMachine? known, string code, bool mayFit)
    {
        if (serial is null || known?.ChipSerial == serial) return null;
        if (!mayFit) return Refusal.OfField("chipSerial", "FitNotAllowed");
        if (known?.ChipSerial is { } other) return Refusal.OfField("chipSerial", "MachineHasChip") with { Measured = FactValue.Text(other) };
        if (known is not null && sessions.At(known.Id) is not null) return Refusal.OfField("chipSerial", "SessionOpen");
        if (fit.Fault(serial) is { } fault) return fault with { Field = "chipSerial" };
        return _chips.TryAdd(serial, code) || _chips[serial] == code ? null : Refusal.OfField("chipSerial", "ChipElsewhere") with { Measured = FactValue.Text(_chips[serial]) };
    }

    private RowChange Enter(string code, DeclaredMachine declared, string? chip, FittingState state)
    {
        var machine = new WeldingMachine { Id = TypedId.New<MachineId>(), Code = code, Model = "", Site = "", RegisteredAt = clock.GetUtcNow() };
        declared.WriteTo(machine);
        db.Context.Insert(machine);
        db.Context.Audit("welding.machine.registered", $"machine/{machine.Id.Value}", new { code, userEnterprise = machine.UserEnterprise.Value, import = true });
        Fit(machine, chip, state);
        return new RowChange(machine.Id.Value, machine, null);
    }

    private void Write(WeldingMachine machine, DeclaredMachine after, string? chip, FittingState state)
    {
        var before = DeclaredMachine.Of(machine);
        after.WriteTo(machine);
        if (before != after) db.Context.Audit("welding.machine.edited", $"machine/{machine.Id.Value}", new { before, after, import = true });
        Fit(machine, chip, state);
    }

    private void Fit(WeldingMachine machine, string? chip, FittingState state)
    {
        if (machine.ChipSerial == chip) return;
        var isTakenOff = chip is null;
        var serial = chip ?? machine.ChipSerial!;
        machine.ChipSerial = chip;
        db.Context.Insert(desk.StepTo(machine, FittingAct.Import, state));
        db.Context.Audit(isTakenOff ? "welding.chip.taken-off" : "welding.chip.fitted", $"machine/{machine.Id.Value}", new { chip = serial, import = true });
        db.Context.Publish(new ChipFitted(isTakenOff ? null : machine.Id, serial, clock.GetUtcNow()));
    }
}
