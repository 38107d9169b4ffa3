using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.People;

/// <summary>What Enterprises keeps of a person. An erasure takes names, numbers, salt and indexes; employments stay under the pseudonym.</summary>
internal sealed class PersonRecords(EnterprisesDb db, PersonSeal seal, EmploymentIndex employments, EnterpriseIndex enterprises, CityCalendar calendar, RuleBook book) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop)
    {
        if (await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == person, stop) is not { } found) return [];
        var plain = seal.Open(found);
        var former = await db.FormerNames.AsNoTracking().Where(n => n.Person == person).OrderBy(n => n.Until).ToListAsync(stop);
        return
        [
            new PersonSection("person", ["name", "identityNumber", "phone", "registeredAt"], [[plain.Name, plain.IdentityNumber, plain.Phone, At(found.RegisteredAt)]]),
            new PersonSection("formerNames", ["name", "until"], [.. former.Select(name => (string?[])[seal.OpenFormer(name), At(name.Until)])]),
            new PersonSection("employments", ["enterprise", "kind", "from", "to", "reason"],
                [.. employments.Of(person).OrderBy(e => e.From).Select(e => (string?[])[enterprises.Find(e.Enterprise)?.Name, e.Kind.ToString(), e.From.Day(), e.To is { } to ? to.Day() : null, e.EndReason])]),
        ];
    }

    public Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop)
    {
        var (today, bindings) = (calendar.Today, employments.Of(person));
        List<Refusal> obstacles = [];
        if (bindings.FirstOrDefault(b => b.IsOpenOn(today)) is { } open) obstacles.Add(book.Demand(ErasureQuestions.Employed, new RuleCase(today)).Refuse("ErasureEmployed", FactValue.Of(open.From)));
        else if (bindings.MaxBy(b => b.To) is { To: { } last })
        {
            var kept = book.Demand(ErasureQuestions.Kept, new RuleCase(today));
            var until = last.AddDays((int)kept.Limit);
            if (today <= until) obstacles.Add(kept.Refuse("ErasureTooEarly", FactValue.Of(last), FactValue.Of(until)));
        }

        return Task.FromResult<IReadOnlyList<Refusal>>(obstacles);
    }

    public async Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop) =>
    [
        new ErasureLine("person", await db.People.CountAsync(p => p.Id == person, stop), IsErased: true),
        new ErasureLine("formerNames", await db.FormerNames.CountAsync(n => n.Person == person, stop), IsErased: true),
        new ErasureLine("employments", employments.Of(person).Count, IsErased: false),
    ];

    public async Task EraseAsync(PersonId person, CancellationToken stop)
    {
        db.People.RemoveRange(await db.People.Where(p => p.Id == person).ToListAsync(stop));
        db.FormerNames.RemoveRange(await db.FormerNames.Where(n => n.Person == person).ToListAsync(stop));
        // Reasons are free words: somebody may have written a name into them.
        foreach (var employment in await db.Employments.Where(e => e.Person == person && e.EndReason != null).ToListAsync(stop)) employment.EndReason = null;
    }

    private string At(DateTimeOffset at) => calendar.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
