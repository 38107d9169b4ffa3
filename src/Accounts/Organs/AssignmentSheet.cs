using System.Text.Json;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Organs;

/// <summary>Which organ supervises what, from a file. Organ, target and first day tell assignments apart; a later file may move the last day.</summary>
internal sealed class AssignmentSheet(
    AccountsDb db, OrganIndex organs, AssignmentIndex assignments, AssignSupervision rules, IDivisionNames names, IEnterprises enterprises, CurrentActor current, CurrentScope scope, CityCalendar calendar) : ImportSheet<SupervisionAssignment>
{
    public static SheetForm Form { get; } = new SheetForm("assignments", typeof(Words), AccountsPermissions.EditOrgans, typeof(AssignmentSheet),
    [
        new SheetColumn("organ", "@Import.Example.Organ") { IsRequired = true },
        new SheetColumn("division", "@Import.Example.Division"),
        new SheetColumn("enterprise", "91990000123456788C"),
        new SheetColumn("from", "2024-01-01") { IsRequired = true },
        new SheetColumn("to", "2026-12-31"),
        new SheetColumn("basis", "@Import.Example.Basis") { IsRequired = true },
    ])
    { Order = 60 };

    private readonly List<AssignmentFacts> _planned = [];

    private sealed record Row(OrganFacts? Organ, string? Division, Guid? Enterprise, DateOnly? From, DateOnly? To, string Basis, AssignmentFacts? Known);

    private sealed record Before(DateOnly? To, string Basis);

    public override async Task<IReadOnlyList<RowPlan>> PlanAsync(IReadOnlyList<SheetRow> rows, CancellationToken stop)
    {
        var read = rows.Select(Read).ToList();
        var ids = read.Select(row => row.Known?.Id).OfType<Guid>().ToList();
        var records = ids.Count == 0 ? [] : await LoadAsync(ids, stop);
        return [.. read.Select(row => Plan(row, row.Known is { } known ? records.GetValueOrDefault(known.Id) : null))];
    }

    protected override Task<Dictionary<Guid, SupervisionAssignment>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken stop) => db.Assignments.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, stop);

    protected override Task<IReadOnlyDictionary<SupervisionAssignment, Refusal>> StandAgainstRemovalAsync(IReadOnlyList<SupervisionAssignment> records, CancellationToken stop) =>
        Task.FromResult<IReadOnlyDictionary<SupervisionAssignment, Refusal>>(new Dictionary<SupervisionAssignment, Refusal>());

    protected override void Remove(SupervisionAssignment record)
    {
        db.Assignments.Remove(record);
        db.Context.Audit("accounts.supervision.ended", $"organ/{record.Organ.Value}", new { assignment = record.Id, division = record.Division?.Value, enterprise = record.Enterprise?.Value, import = true });
    }

    protected override void Restore(SupervisionAssignment record, string before)
    {
        var old = JsonSerializer.Deserialize<Before>(before)!;
        Write(record, old.To, old.Basis);
    }

    private Row Read(SheetRow row)
    {
        var (name, division, code) = (row.Text("organ"), names.CodeOf(row.Text("division")), row.Text("enterprise"));
        var organ = name is null ? null : organs.All.FirstOrDefault(o => o.NameZh == name || string.Equals(o.NameEn, name, StringComparison.OrdinalIgnoreCase));
        // A code that nobody has is an enterprise that nobody knows.
        var enterprise = code is null ? (Guid?)null : enterprises.FindByCreditCode(code)?.Id.Value ?? Guid.Empty;
        var from = row.Day("from");
        var known = organ is null ? null : assignments.Of(organ.Id).FirstOrDefault(a => a.Division?.Value == division && a.Enterprise?.Value == enterprise && a.From == from);
        return new Row(organ, division, enterprise, from, row.Day("to"), row.Text("basis") ?? "", known);
    }

    private RowPlan Plan(Row row, SupervisionAssignment? known)
    {
        if (row.Organ is not { } organ || !scope.Now.CoversOrgan(organ.Id.Value)) return RowPlan.Refused(Refusal.OfField("organ", "OrganUnknown"));
        if (organ.ClosedOn is { } closed) return RowPlan.Refused(Refusal.OfField("organ", "OrganClosed") with { Measured = FactValue.Of(closed) });
        if (row.From is not { } from) return RowPlan.Refused(Refusal.OfField("from", "CellMissing"));
        var to = row.To ?? known?.To;
        var key = $"{organ.Id.Value} {row.Division} {row.Enterprise} {from:yyyyMMdd}";
        if (known is not null && known.To == to && known.Basis == row.Basis) return RowPlan.Same(key);
        var others = assignments.Of(organ.Id).Concat(_planned.Where(a => a.Organ == organ.Id)).Where(a => a.Id != known?.Id);
        if (rules.Check(others, row.Division, row.Enterprise, from, to, row.Basis) is { Count: > 0 } refusals) return RowPlan.Refused(refusals);
        if (known is not null)
        {
            return RowPlan.Update(key, () =>
            {
                var before = new Before(known.To, known.Basis);
                Write(known, to, row.Basis);
                return new RowChange(known.Id, known, JsonSerializer.Serialize(before));
            });
        }

        var id = Guid.CreateVersion7();
        var (division, enterprise) = (row.Division is null ? (DivisionCode?)null : new DivisionCode(row.Division), row.Enterprise is { } one ? new EnterpriseId(one) : (EnterpriseId?)null);
        _planned.Add(new AssignmentFacts(id, organ.Id, division, enterprise, from, to, row.Basis, calendar.Now, null));
        return RowPlan.Create(key, () => Assign(new SupervisionAssignment
        {
            Id = id,
            Organ = organ.Id,
            Division = division,
            Enterprise = enterprise,
            From = from,
            To = to,
            Basis = row.Basis,
            EnteredBy = current.Actor.Account,
            EnteredAt = calendar.Now,
        }));
    }

    private RowChange Assign(SupervisionAssignment assignment)
    {
        db.Context.Insert(assignment);
        db.Context.Audit("accounts.supervision.assigned", $"organ/{assignment.Organ.Value}", new { assignment = assignment.Id, division = assignment.Division?.Value, enterprise = assignment.Enterprise?.Value, assignment.From, assignment.To, assignment.Basis, import = true });
        return new RowChange(assignment.Id, assignment, null);
    }

    private void Write(SupervisionAssignment assignment, DateOnly? to, string basis)
    {
        (assignment.To, assignment.Basis) = (to, basis);
        db.Context.Audit("accounts.supervision.assigned", $"organ/{assignment.Organ.Value}", new { assignment = assignment.Id, assignment.From, to, basis, import = true });
    }
}
