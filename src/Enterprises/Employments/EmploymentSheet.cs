using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.People;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.Employments;

/// <summary>
/// Who works for whom, from a file. Person, enterprise and first day tell bindings apart; a later file may move the last day. People are named by identity number and name, as whoever enrols
/// them names them.
/// </summary>
internal sealed class EmploymentSheet(EnterprisesDb db, PersonIndex people, PersonSeal seal, EnterpriseIndex enterprises, EmploymentIndex employments, CurrentScope scope, CityCalendar calendar) : ImportSheet<Employment>
{
    public static SheetForm Form { get; } = new SheetForm("employments", typeof(Words), EnterprisesPermissions.EditPeople, typeof(EmploymentSheet),
    [
        new SheetColumn("name", "@Import.Example.Person") { IsRequired = true, IsPersonal = true },
        new SheetColumn("identityNumber", "990000199001010017") { IsRequired = true, IsPersonal = true },
        new SheetColumn("enterprise", "91990000123456788C") { IsRequired = true },
        new SheetColumn("kind", "") { IsRequired = true, Choices = [new SheetChoice("permanent", "Binding.Permanent"), new SheetChoice("temporary", "Binding.Temporary"), new SheetChoice("selfEmployed", "Binding.SelfEmployed")] },
        new SheetColumn("from", "2024-01-01") { IsRequired = true },
        new SheetColumn("to", "2024-12-31"),
    ])
    { Order = 30 };

    // What earlier rows of the file bind: it stands against later rows as if it were there.
    private readonly Dictionary<Guid, EmploymentEntry> _planned = [];
    private readonly Dictionary<PersonId, List<EmploymentEntry>> _plannedOf = [];

    private sealed record Fields(PersonId Person, EnterpriseEntry Enterprise, BindingKind Kind, DateOnly From, DateOnly? To)
    {
        public string Key => $"{Person.Value} {Enterprise.Id.Value} {From:yyyyMMdd}";
    }

    private sealed record Before(BindingKind Kind, DateOnly? To, DateTimeOffset? EndedAt, string? EndReason, DateTimeOffset? EndToldAt);

    public override async Task<IReadOnlyList<RowPlan>> PlanAsync(IReadOnlyList<SheetRow> rows, CancellationToken stop)
    {
        var read = rows.Select(Read).ToList();
        var known = read.Select(row => row.IsDone ? Find(row.Value) : null).ToList();
        var ids = known.OfType<EmploymentEntry>().Select(entry => entry.Id).ToList();
        var records = ids.Count == 0 ? [] : await db.Employments.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, stop);
        return [.. read.Zip(known, (row, entry) => row.IsDone ? Plan(row.Value, entry is null ? null : records.GetValueOrDefault(entry.Id)) : RowPlan.Refused(row.Refusals))];
    }

    protected override Task<Dictionary<Guid, Employment>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken stop) => db.Employments.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, stop);

    protected override Task<IReadOnlyDictionary<Employment, Refusal>> StandAgainstRemovalAsync(IReadOnlyList<Employment> records, CancellationToken stop) =>
        Task.FromResult<IReadOnlyDictionary<Employment, Refusal>>(new Dictionary<Employment, Refusal>());

    protected override void Remove(Employment record)
    {
        db.Employments.Remove(record);
        db.Context.Audit("enterprises.person.unbound", $"person/{record.Person.Value}", new { employment = record.Id, enterprise = record.Enterprise.Value, import = true });
        Tell(record, wasInForce: IsInForce(record.From, record.To), isInForce: false, "importUndone");
    }

    protected override void Restore(Employment record, string before)
    {
        var (was, old) = (IsInForce(record.From, record.To), JsonSerializer.Deserialize<Before>(before)!);
        (record.Kind, record.To, record.EndedAt, record.EndReason, record.EndToldAt) = (old.Kind, old.To, old.EndedAt, old.EndReason, old.EndToldAt);
        db.Context.Audit("enterprises.person.bound", $"person/{record.Person.Value}", new { employment = record.Id, enterprise = record.Enterprise.Value, record.From, record.To, import = true });
        Tell(record, was, IsInForce(record.From, record.To), "importUndone");
    }

    private Outcome<Fields> Read(SheetRow row)
    {
        var (name, number) = (PersonFields.NormaliseName(row.Text("name")), IdentityNumber.Normalise(row.Text("identityNumber")));
        var (enterprise, kind, from, to) = (FindEnterprise(row.Text("enterprise")), row.Word<BindingKind>("kind"), row.Day("from"), row.Day("to"));
        var person = number.Length == 0 ? null : people.FindByIdentityNumber(number);
        List<Refusal> wrong = [];
        if (person is null) wrong.Add(Refusal.OfField("identityNumber", "PersonUnknown"));
        else if (!seal.NameIndexesOf(name).Contains(person.NameIndex)) wrong.Add(Refusal.OfField("name", "IdentityNumberOfAnother"));
        if (enterprise is null) wrong.Add(Refusal.OfField("enterprise", "EnterpriseUnknown"));
        return wrong.Count > 0 || from is null || kind is null ? Outcome<Fields>.Refused(wrong.Count > 0 ? wrong : [Refusal.OfField(from is null ? "from" : "kind", "CellMissing")]) : new Fields(person!.Id, enterprise!, kind.Value, from.Value, to);
    }

    private EnterpriseEntry? FindEnterprise(string? code) => code is not null && enterprises.FindByCreditCode(code) is { } found && enterprises.IsWithin(found.Id, scope.Now) ? enterprises.Entry(found.Id) : null;

    private EmploymentEntry? Find(Fields fields) => employments.Of(fields.Person).FirstOrDefault(e => e.Enterprise == fields.Enterprise.Id && e.From == fields.From);

    private RowPlan Plan(Fields fields, Employment? known)
    {
        var to = fields.To ?? known?.To;
        if (known is not null && known.Kind == fields.Kind && known.To == to) return RowPlan.Same(fields.Key);
        var others = employments.Of(fields.Person).Where(e => e.Id != known?.Id && !_planned.ContainsKey(e.Id)).Concat(_plannedOf.GetValueOrDefault(fields.Person, []).Where(e => e.Id != known?.Id)).ToList();
        var ofEnterprise = fields.Kind != BindingKind.SelfEmployed ? [] : employments.Of(fields.Enterprise.Id).Where(e => e.Id != known?.Id).Concat(_planned.Values.Where(e => e.Enterprise == fields.Enterprise.Id && e.Id != known?.Id)).ToList();
        if (EmploymentRules.Check(fields.Enterprise, fields.Kind, fields.From, to, others, ofEnterprise) is { Count: > 0 } refusals) return RowPlan.Refused(refusals);
        if (known is null)
        {
            var id = Guid.CreateVersion7();
            Remember(new EmploymentEntry(id, fields.Person, fields.Enterprise.Id, fields.Kind, fields.From, to, null, false));
            return RowPlan.Create(fields.Key, () => Bind(id, fields));
        }

        return RowPlan.Update(fields.Key, () => Change(known, fields.Kind, to));
    }

    private RowChange Bind(Guid id, Fields fields)
    {
        var employment = BindPerson.Make(id, fields.Person, fields.Enterprise.Id, fields.Kind, fields.From, fields.To, calendar);
        db.Context.Insert(employment);
        db.Context.Audit("enterprises.person.bound", $"person/{fields.Person.Value}", new { employment = id, enterprise = fields.Enterprise.Id.Value, kind = fields.Kind.ToString(), fields.From, fields.To, import = true });
        return new RowChange(id, employment, null);
    }

    private RowChange Change(Employment known, BindingKind kind, DateOnly? to)
    {
        var before = new Before(known.Kind, known.To, known.EndedAt, known.EndReason, known.EndToldAt);
        var was = IsInForce(known.From, known.To);
        (known.Kind, known.To) = (kind, to);
        var isInForce = IsInForce(known.From, to);
        db.Context.Audit("enterprises.person.bound", $"person/{known.Person.Value}", new { employment = known.Id, enterprise = known.Enterprise.Value, kind = kind.ToString(), known.From, to, import = true });
        Tell(known, was, isInForce, "import");
        known.EndToldAt = to < calendar.Today ? calendar.Now : null;
        return new RowChange(known.Id, known, JsonSerializer.Serialize(before));
    }

    private void Tell(Employment employment, bool wasInForce, bool isInForce, string reason)
    {
        if (wasInForce && !isInForce && !employments.IsBoundOtherwise(employment, calendar.Today)) db.Context.Publish(new PersonUnbound(employment.Person, employment.Enterprise, reason));
    }

    private bool IsInForce(DateOnly from, DateOnly? to) => from <= calendar.Today && !(to < calendar.Today);

    private void Remember(EmploymentEntry entry)
    {
        _planned[entry.Id] = entry;
        if (!_plannedOf.TryGetValue(entry.Person, out var own)) _plannedOf[entry.Person] = own = [];
        own.Add(entry);
    }
}
