using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Welding.Machines;
using Anlan.Welding.Profiles;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Sessions;

/// <summary>What Welding keeps of a person: work at machines, under the pseudonym. The log and what is told from it stay; a machine of one's own loses its owner.</summary>
internal sealed class WelderRecords(WeldingDb db, OpenSessions open, MachineIndex machines, RuleBook book, CityCalendar calendar) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop)
    {
        var sessions = await db.Sessions.AsNoTracking().Where(s => s.Person == person).OrderBy(s => s.StartedAt).ToListAsync(stop);
        var refused = await db.RefusedStarts.AsNoTracking().Where(r => r.Person == person).OrderBy(r => r.Seq).ToListAsync(stop);
        var profiles = await db.Profiles.AsNoTracking().Where(p => p.Subject == ProfileSubject.Welder && p.Of == person.Value).OrderBy(p => p.Month).ToListAsync(stop);
        var owned = await db.Machines.AsNoTracking().Where(m => m.OwnerPerson == person).Select(m => m.Code).ToListAsync(stop);
        return
        [
            new PersonSection("sessions", ["machine", "startedAt", "endedAt", "reason", "arcSeconds"], [.. sessions.Select(s => (string?[])[machines.Find(s.Machine)?.Code, At(s.StartedAt), At(s.EndedAt), s.EndReason, s.ArcSeconds.ToString("0", CultureInfo.InvariantCulture)])]),
            new PersonSection("refusedStarts", ["machine", "at", "reason"], [.. refused.Select(r => (string?[])[machines.Find(r.Machine)?.Code, At(r.At), r.Code])]),
            new PersonSection("profiles", ["month", "score", "formula"], [.. profiles.Select(p => (string?[])[p.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), p.Score?.ToString("0.0", CultureInfo.InvariantCulture), p.Formula])]),
            new PersonSection("machines", ["machine"], [.. owned.Select(code => (string?[])[code])]),
        ];
    }

    public Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Refusal>>(open.Of(person) is null ? [] : [book.Demand(ErasureQuestions.Working, new RuleCase(calendar.Today)).Refuse("ErasureWorking")]);

    public async Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop) =>
    [
        new ErasureLine("sessions", await db.Sessions.CountAsync(s => s.Person == person, stop), IsErased: false),
        new ErasureLine("refusedStarts", await db.RefusedStarts.CountAsync(r => r.Person == person, stop), IsErased: false),
        new ErasureLine("machineEvents", await db.MachineEvents.CountAsync(e => e.Person == person, stop), IsErased: false),
        new ErasureLine("profiles", await db.Profiles.CountAsync(p => p.Subject == ProfileSubject.Welder && p.Of == person.Value, stop), IsErased: true),
        new ErasureLine("machines", await db.Machines.CountAsync(m => m.OwnerPerson == person, stop), IsErased: true),
    ];

    public async Task EraseAsync(PersonId person, CancellationToken stop)
    {
        foreach (var machine in await db.Machines.Where(m => m.OwnerPerson == person).ToListAsync(stop)) machine.OwnerPerson = null;
        db.Context.RemoveRange(await db.Profiles.Where(p => p.Subject == ProfileSubject.Welder && p.Of == person.Value).ToListAsync(stop));
    }

    private string? At(DateTimeOffset? at) => at is { } moment ? calendar.Local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null;
}
