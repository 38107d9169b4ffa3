using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.Registry;

/// <summary>Enterprises from a file. The credit code tells them apart; businesses without one are told apart by name and place.</summary>
internal sealed class EnterpriseSheet(EnterprisesDb db, EnterpriseIndex enterprises, EmploymentIndex employments, IEnumerable<IRecordUses> uses, IDivisions divisions, IDivisionNames names, CurrentScope scope, TimeProvider clock)
    : ImportSheet<Enterprise>
{
    public static SheetForm Form { get; } = new SheetForm("enterprises", typeof(Words), EnterprisesPermissions.Register, typeof(EnterpriseSheet),
    [
        new SheetColumn("name", "@Import.Example.Enterprise") { IsRequired = true },
        new SheetColumn("creditCode", "91990000123456788C"),
        new SheetColumn("kind", "") { IsRequired = true, Choices = [new SheetChoice("company", "Kind.Company"), new SheetChoice("selfEmployed", "Kind.SelfEmployed")] },
        new SheetColumn("division", "@Import.Example.Division") { IsRequired = true },
        new SheetColumn("address", "@Import.Example.Address"),
    ])
    { Order = 10 };

    private Dictionary<(string, DivisionCode), EnterpriseId>? _withoutCode;

    public override async Task<IReadOnlyList<RowPlan>> PlanAsync(IReadOnlyList<SheetRow> rows, CancellationToken stop)
    {
        // Reading a row and checking its fields asks nothing but memory: all processors take part.
        var read = rows.AsParallel().AsOrdered().Select(Read).Select(fields => (Fields: fields, Wrong: fields.Check(divisions))).ToList();
        var known = read.ConvertAll(row => Find(row.Fields));
        var ids = known.OfType<EnterpriseId>().ToList();
        var records = ids.Count == 0 ? [] : await db.Enterprises.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, stop);
        return [.. read.Zip(known, (row, id) => row.Wrong.Count > 0 ? RowPlan.Refused(row.Wrong) : Plan(row.Fields, id is null ? null : records.GetValueOrDefault(id.Value)))];
    }

    protected override Task<Dictionary<Guid, Enterprise>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken stop)
    {
        var wanted = ids.Select(id => new EnterpriseId(id)).ToList();
        return db.Enterprises.Where(e => wanted.Contains(e.Id)).ToDictionaryAsync(e => e.Id.Value, stop);
    }

    protected override async Task<IReadOnlyDictionary<Enterprise, Refusal>> StandAgainstRemovalAsync(IReadOnlyList<Enterprise> records, CancellationToken stop)
    {
        List<EnterpriseId> ids = [.. records.Select(record => record.Id)];
        var used = ids.Where(id => employments.Of(id).Count > 0).ToHashSet();
        foreach (var module in uses) used.UnionWith(await module.OfAsync(ids, stop));
        return records.Where(record => used.Contains(record.Id)).ToDictionary(record => record, record => new Refusal("EnterpriseInUse") { Measured = FactValue.Text(record.Name) });
    }

    protected override void Remove(Enterprise record)
    {
        db.Enterprises.Remove(record);
        db.Context.Audit("enterprises.enterprise.removed", $"enterprise/{record.Id.Value}", new { record.CreditCode, import = true });
    }

    protected override void Restore(Enterprise record, string before)
    {
        var fields = JsonSerializer.Deserialize<EnterpriseFields>(before)!;
        Write(record, fields);
        db.Context.Audit("enterprises.enterprise.edited", $"enterprise/{record.Id.Value}", new { after = fields, import = true });
    }

    private EnterpriseFields Read(SheetRow row) => new EnterpriseFields(row.Text("name"), row.Text("creditCode"), names.CodeOf(row.Text("division")), row.Text("address"), row.Word<EnterpriseKind>("kind") ?? default).Normalised();

    private EnterpriseId? Find(EnterpriseFields fields)
    {
        if (fields.CreditCode is { } code) return enterprises.FindByCreditCode(code)?.Id;
        if (!DivisionCode.IsValid(fields.Division)) return null;
        _withoutCode ??= enterprises.Within(Scope.Everything).Where(e => e.Facts.CreditCode is null).GroupBy(e => (e.Facts.Name, e.Facts.Division)).ToDictionary(same => same.Key, same => same.First().Id);
        return _withoutCode.TryGetValue((fields.Name!, new DivisionCode(fields.Division!)), out var id) ? id : null;
    }

    private RowPlan Plan(EnterpriseFields fields, Enterprise? known)
    {
        var now = scope.Now;
        var division = new DivisionCode(fields.Division!);
        var key = fields.CreditCode ?? $"{fields.Name} {fields.Division}";
        if (known is null)
        {
            return now.Covers(division) ? RowPlan.Create(key, () => Enter(fields)) : RowPlan.Refused(Refusal.OfField("division", "DivisionOutsideScope") with { Measured = FactValue.Text(fields.Division!) });
        }

        // What lies elsewhere is said to be taken, as a form says it; what it is called is not said.
        if (!now.Covers(known.Division, known.Id.Value)) return RowPlan.Refused(RegisterEnterprise.Taken(fields.CreditCode));
        var after = fields with { Address = fields.Address ?? known.Address };
        var before = FieldsOf(known);
        if (after == before) return RowPlan.Same(key);
        if (EditEnterprise.StandsAgainst(known, after, now) is { } forbidden) return RowPlan.Refused(forbidden);
        return RowPlan.Update(key, () =>
        {
            Write(known, after);
            db.Context.Audit("enterprises.enterprise.edited", $"enterprise/{known.Id.Value}", new { before, after, import = true });
            return new RowChange(known.Id.Value, known, JsonSerializer.Serialize(before));
        });
    }

    private RowChange Enter(EnterpriseFields fields)
    {
        var enterprise = new Enterprise
        {
            Id = TypedId.New<EnterpriseId>(),
            Name = fields.Name!,
            CreditCode = fields.CreditCode,
            Kind = fields.Kind,
            Division = new DivisionCode(fields.Division!),
            Address = fields.Address,
            RegisteredAt = clock.GetUtcNow(),
        };
        db.Context.Insert(enterprise);
        db.Context.Audit("enterprises.enterprise.registered", $"enterprise/{enterprise.Id.Value}", new { fields.CreditCode, fields.Division, Kind = fields.Kind.ToString(), import = true });
        return new RowChange(enterprise.Id.Value, enterprise, null);
    }

    private static EnterpriseFields FieldsOf(Enterprise e) => new(e.Name, e.CreditCode, e.Division.Value, e.Address, e.Kind);

    private static void Write(Enterprise enterprise, EnterpriseFields fields) =>
        (enterprise.Name, enterprise.CreditCode, enterprise.Kind, enterprise.Division, enterprise.Address) = (fields.Name!, fields.CreditCode, fields.Kind, new DivisionCode(fields.Division!), fields.Address);
}
