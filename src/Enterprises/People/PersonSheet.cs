using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Anlan.Enterprises.People;

/// <summary>
/// People from a file; the identity number tells them apart. Somebody who is known and lies outside the scope stays as they are: a row with the right name says that the person's card is at
/// hand, and an employment may follow.
/// </summary>
internal sealed class PersonSheet(EnterprisesDb db, PersonIndex people, PersonSeal seal, PersonScope persons, EmploymentIndex employments, IEnumerable<IRecordUses> uses, CurrentScope scope, CityCalendar calendar, IOptions<EnterprisesOptions> options)
    : ImportSheet<Person>
{
    public static SheetForm Form { get; } = new SheetForm("people", typeof(Words), EnterprisesPermissions.EditPeople, typeof(PersonSheet),
    [
        new SheetColumn("name", "@Import.Example.Person") { IsRequired = true, IsPersonal = true },
        new SheetColumn("identityNumber", "990000199001010017") { IsRequired = true, IsPersonal = true },
        new SheetColumn("phone", "13900000000") { IsPersonal = true },
    ])
    { Order = 20 };

    public override async Task<IReadOnlyList<RowPlan>> PlanAsync(IReadOnlyList<SheetRow> rows, CancellationToken stop)
    {
        List<(PersonFields Fields, PersonEntry? Known)> read =
            [.. rows.Select(row => PersonFields.Normalised(row.Text("name"), row.Text("identityNumber"), row.Text("phone"))).Select(fields => (fields, fields.IdentityNumber.Length == 0 ? null : people.FindByIdentityNumber(fields.IdentityNumber)))];
        var (now, today) = (scope.Now, calendar.Today);
        var own = read.Where(row => row.Known is not null && persons.Covers(row.Known.Id, now)).Select(row => row.Known!.Id).ToList();
        var records = own.Count == 0 ? [] : await db.People.Where(p => own.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        return [.. read.Select(row => Plan(row.Fields, row.Known, row.Known is { } known ? records.GetValueOrDefault(known.Id) : null, today))];
    }

    protected override Task<Dictionary<Guid, Person>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken stop)
    {
        var wanted = ids.Select(id => new PersonId(id)).ToList();
        return db.People.Where(p => wanted.Contains(p.Id)).ToDictionaryAsync(p => p.Id.Value, stop);
    }

    protected override async Task<IReadOnlyDictionary<Person, Refusal>> StandAgainstRemovalAsync(IReadOnlyList<Person> records, CancellationToken stop)
    {
        List<PersonId> ids = [.. records.Select(record => record.Id)];
        var used = ids.Where(id => employments.Of(id).Count > 0).ToHashSet();
        foreach (var module in uses) used.UnionWith(await module.OfAsync(ids, stop));
        return records.Where(record => used.Contains(record.Id)).ToDictionary(record => record, record => new Refusal("PersonInUse") { Measured = FactValue.Text(people.Find(record.Id)?.Facts.MaskedName ?? "") });
    }

    protected override void Remove(Person record)
    {
        db.People.Remove(record);
        db.Context.Audit("enterprises.person.removed", $"person/{record.Id.Value}", new { import = true });
    }

    protected override void Restore(Person record, string before)
    {
        var fields = JsonSerializer.Deserialize<PersonFields>(before)!;
        Write(record, seal.Open(record), fields);
    }

    private RowPlan Plan(PersonFields fields, PersonEntry? known, Person? record, DateOnly today)
    {
        if (fields.Check(today, options.Value.AllowSyntheticIdentities) is { Count: > 0 } refusals) return RowPlan.Refused(refusals);
        var key = fields.IdentityNumber;
        if (known is null) return RowPlan.Create(key, () => Enter(fields));
        if (record is null) return seal.NameIndexesOf(fields.Name).Contains(known.NameIndex) ? RowPlan.Same(key) : RowPlan.Refused(Refusal.OfField("name", "IdentityNumberOfAnother"));
        var before = seal.Open(record);
        var after = fields with { Phone = fields.Phone ?? before.Phone };
        if (after == before) return RowPlan.Same(key);
        return RowPlan.Update(key, () =>
        {
            Write(record, before, after);
            return new RowChange(record.Id.Value, record, JsonSerializer.Serialize(before));
        });
    }

    private RowChange Enter(PersonFields fields)
    {
        var person = seal.Make(fields, scope.Now, calendar.Now);
        db.Context.Insert(person);
        db.Context.Audit("enterprises.person.entered", $"person/{person.Id.Value}", new { import = true });
        return new RowChange(person.Id.Value, person, null);
    }

    private void Write(Person person, PersonFields before, PersonFields after)
    {
        var (isRenamed, isPhoneChanged) = (after.Name != before.Name, after.Phone != before.Phone);
        if (isRenamed) EditPerson.Rename(db, seal, person, before.Name, after.Name, calendar.Now);
        if (isPhoneChanged) person.Phone = seal.SealPhone(person.Id, after.Phone);
        db.Context.Audit("enterprises.person.edited", $"person/{person.Id.Value}", new { name = isRenamed, phone = isPhoneChanged, import = true });
    }
}
