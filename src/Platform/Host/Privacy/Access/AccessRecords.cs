using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Privacy.Access;

/// <summary>Who looked at a person, and what was done to their records. Both stay after an erasure: they prove what was done, under a pseudonym.</summary>
internal sealed class AccessRecords(AnlanDb db, CityCalendar calendar, IStringLocalizer<Words> words) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop)
    {
        var (id, subject) = (person.Value, SubjectOf(person));
        var looks = await db.Set<AccessRecord>().AsNoTracking().Where(a => db.Set<AccessedPerson>().Any(seen => seen.Person == id && seen.Access == a.Id)).OrderBy(a => a.At).ToListAsync(stop);
        var audits = await db.Set<AuditRecord>().AsNoTracking().Where(a => a.Subject == subject).OrderBy(a => a.Id).ToListAsync(stop);
        return
        [
            new PersonSection("access", ["at", "by", "view", "fields", "reason"], [.. looks.Select(a => (string?[])[At(a.At), a.By, words["View." + a.View], string.Join(' ', AccessFilter.Names(a.Fields).Select(field => words["Access.Field." + field].Value)), a.Reason])]),
            new PersonSection("audit", ["at", "action", "details"], [.. audits.Select(a => (string?[])[At(a.At), a.Action, a.Details])]),
        ];
    }

    public Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop) => Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop)
    {
        var (id, subject) = (person.Value, SubjectOf(person));
        return
        [
            new ErasureLine("access", await db.Set<AccessedPerson>().CountAsync(seen => seen.Person == id, stop), IsErased: false),
            new ErasureLine("audit", await db.Set<AuditRecord>().CountAsync(a => a.Subject == subject, stop), IsErased: false),
        ];
    }

    public Task EraseAsync(PersonId person, CancellationToken stop) => Task.CompletedTask;

    private static string SubjectOf(PersonId person) => $"person/{person.Value}";

    private string At(DateTimeOffset at) => calendar.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
