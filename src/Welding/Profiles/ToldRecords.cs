using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Welding.Problems;
using Anlan.Welding.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Profiles;

/// <summary>The records that the log told within the formula's window: sessions, refusals and incidents. Counts and lists ask the same rows.</summary>
internal sealed class ToldRecords(WeldingDb db)
{
    /// <summary>What is counted of many subjects at once.</summary>
    /// <param name="Sessions">All sessions.</param>
    /// <param name="Ended">Those that have ended.</param>
    /// <param name="CutOff">Those that were revoked.</param>
    /// <param name="Unconfirmed">Those whose end no chip has confirmed.</param>
    /// <param name="Unlicensed">Refusals for want of a certificate in force.</param>
    /// <param name="Refused">Other refusals.</param>
    /// <param name="Ungranted">Arcs without a grant.</param>
    /// <param name="Tampered">Opened chips.</param>
    public sealed record Counts(int Sessions, int Ended, int CutOff, int Unconfirmed, int Unlicensed, int Refused, int Ungranted, int Tampered)
    {
        public static Counts None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /// <summary>Counts of the subjects that have any.</summary>
    public async Task<IReadOnlyDictionary<Guid, Counts>> CountAsync(ProfileSubject subject, IReadOnlyCollection<Guid> ids, DateTimeOffset from, CancellationToken stop)
    {
        var found = new Dictionary<Guid, Counts>();
        Counts Of(Guid id) => found.GetValueOrDefault(id, Counts.None);
        foreach (var (id, isEnded, isCutOff, isUnconfirmed, count) in await SessionCountsAsync(subject, Sessions(subject, ids, from), stop))
        {
            var counts = Of(id);
            found[id] = counts with
            {
                Sessions = counts.Sessions + count,
                Ended = counts.Ended + (isEnded ? count : 0),
                CutOff = counts.CutOff + (isEnded && isCutOff ? count : 0),
                Unconfirmed = counts.Unconfirmed + (isEnded && isUnconfirmed ? count : 0),
            };
        }

        foreach (var (id, isUnlicensed, count) in await RefusalCountsAsync(subject, Refusals(subject, ids, from), stop))
        {
            found[id] = isUnlicensed ? Of(id) with { Unlicensed = count } : Of(id) with { Refused = count };
        }

        if (subject == ProfileSubject.Welder) return found;
        foreach (var (id, kind, count) in await IncidentCountsAsync(subject, Incidents(subject, ids, from), stop))
        {
            found[id] = kind == IncidentKind.Ungranted ? Of(id) with { Ungranted = count } : Of(id) with { Tampered = count };
        }

        return found;
    }

    /// <summary>The sessions of subjects, for the dimension and the finding; null = all.</summary>
    public IQueryable<WeldSession> Sessions(ProfileSubject subject, Guid id, DateTimeOffset from, string dimension, string? finding)
    {
        var sessions = Sessions(subject, [id], from);
        if (dimension == Dimensions.Conduct) sessions = sessions.Where(s => s.EndedAt != null);
        return finding switch
        {
            null => sessions,
            Findings.CutOff => sessions.Where(s => s.RevokeReason != null),
            Findings.Unconfirmed => sessions.Where(s => !s.IsEndConfirmed),
            _ => sessions.Where(s => false),
        };
    }

    /// <summary>The refusals of a subject with the finding; null = all.</summary>
    public IQueryable<RefusedStart> Refusals(ProfileSubject subject, Guid id, DateTimeOffset from, string? finding) => finding switch
    {
        null => Refusals(subject, [id], from),
        Findings.Unlicensed => Refusals(subject, [id], from).Where(r => r.IsUnlicensed),
        Findings.Refused => Refusals(subject, [id], from).Where(r => !r.IsUnlicensed),
        _ => Refusals(subject, [id], from).Where(r => false),
    };

    /// <summary>The incidents of a subject with the finding; null = all.</summary>
    public IQueryable<MachineIncident> Incidents(ProfileSubject subject, Guid id, DateTimeOffset from, string? finding) => finding switch
    {
        null => Incidents(subject, [id], from),
        Findings.Ungranted => Incidents(subject, [id], from).Where(i => i.Kind == IncidentKind.Ungranted),
        Findings.Tampered => Incidents(subject, [id], from).Where(i => i.Kind == IncidentKind.Tampered),
        _ => Incidents(subject, [id], from).Where(i => false),
    };

    /// <summary>Everybody who started or tried to within the window.</summary>
    public async Task<IReadOnlyList<Guid>> StartersAsync(DateTimeOffset from, CancellationToken stop)
    {
        var refused = await db.RefusedStarts.AsNoTracking().Where(r => r.At >= from && r.Person != null).Select(r => r.Person).Distinct().ToListAsync(stop);
        var worked = await db.Sessions.AsNoTracking().Where(s => s.StartedAt >= from).Select(s => s.Person).Distinct().ToListAsync(stop);
        return [.. refused.Select(person => person!.Value.Value).Concat(worked.Select(person => person.Value)).Distinct()];
    }

    private IQueryable<WeldSession> Sessions(ProfileSubject subject, IReadOnlyCollection<Guid> ids, DateTimeOffset from)
    {
        var sessions = db.Sessions.AsNoTracking().Where(s => s.StartedAt >= from);
        var (machines, people, enterprises) = Typed(ids);
        return subject switch
        {
            ProfileSubject.Machine => sessions.Where(s => machines.Contains(s.Machine)),
            ProfileSubject.Welder => sessions.Where(s => people.Contains(s.Person)),
            _ => sessions.Where(s => enterprises.Contains(s.Enterprise)),
        };
    }

    private IQueryable<RefusedStart> Refusals(ProfileSubject subject, IReadOnlyCollection<Guid> ids, DateTimeOffset from)
    {
        var refusals = db.RefusedStarts.AsNoTracking().Where(r => r.At >= from);
        var (machines, people, enterprises) = Typed(ids);
        var (somebody, some) = (people.ConvertAll(person => (PersonId?)person), enterprises.ConvertAll(enterprise => (EnterpriseId?)enterprise));
        return subject switch
        {
            ProfileSubject.Machine => refusals.Where(r => machines.Contains(r.Machine)),
            ProfileSubject.Welder => refusals.Where(r => somebody.Contains(r.Person)),
            _ => refusals.Where(r => some.Contains(r.Enterprise)),
        };
    }

    private IQueryable<MachineIncident> Incidents(ProfileSubject subject, IReadOnlyCollection<Guid> ids, DateTimeOffset from)
    {
        var incidents = db.Incidents.AsNoTracking().Where(i => i.At >= from);
        var (machines, _, enterprises) = Typed(ids);
        return subject switch
        {
            ProfileSubject.Machine => incidents.Where(i => machines.Contains(i.Machine)),
            ProfileSubject.Enterprise => incidents.Where(i => enterprises.Contains(i.Enterprise)),
            _ => incidents.Where(i => false),
        };
    }

    private static (List<MachineId> Machines, List<PersonId> People, List<EnterpriseId> Enterprises) Typed(IReadOnlyCollection<Guid> ids) =>
        ([.. ids.Select(id => new MachineId(id))], [.. ids.Select(id => new PersonId(id))], [.. ids.Select(id => new EnterpriseId(id))]);

    private static async Task<List<(Guid Id, bool IsEnded, bool IsCutOff, bool IsUnconfirmed, int Count)>> SessionCountsAsync(ProfileSubject subject, IQueryable<WeldSession> sessions, CancellationToken stop)
    {
        switch (subject)
        {
            case ProfileSubject.Machine:
                var ofMachines = await sessions.GroupBy(s => new { s.Machine, IsEnded = s.EndedAt != null, IsCutOff = s.RevokeReason != null, s.IsEndConfirmed }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
                return [.. ofMachines.Select(g => (g.Key.Machine.Value, g.Key.IsEnded, g.Key.IsCutOff, !g.Key.IsEndConfirmed, g.Count))];
            case ProfileSubject.Welder:
                var ofPeople = await sessions.GroupBy(s => new { s.Person, IsEnded = s.EndedAt != null, IsCutOff = s.RevokeReason != null, s.IsEndConfirmed }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
                return [.. ofPeople.Select(g => (g.Key.Person.Value, g.Key.IsEnded, g.Key.IsCutOff, !g.Key.IsEndConfirmed, g.Count))];
            default:
                var ofEnterprises = await sessions.GroupBy(s => new { s.Enterprise, IsEnded = s.EndedAt != null, IsCutOff = s.RevokeReason != null, s.IsEndConfirmed }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
                return [.. ofEnterprises.Select(g => (g.Key.Enterprise.Value, g.Key.IsEnded, g.Key.IsCutOff, !g.Key.IsEndConfirmed, g.Count))];
        }
    }

    private static async Task<List<(Guid Id, bool IsUnlicensed, int Count)>> RefusalCountsAsync(ProfileSubject subject, IQueryable<RefusedStart> refusals, CancellationToken stop)
    {
        switch (subject)
        {
            case ProfileSubject.Machine:
                var ofMachines = await refusals.GroupBy(r => new { r.Machine, r.IsUnlicensed }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
                return [.. ofMachines.Select(g => (g.Key.Machine.Value, g.Key.IsUnlicensed, g.Count))];
            case ProfileSubject.Welder:
                var ofPeople = await refusals.GroupBy(r => new { r.Person, r.IsUnlicensed }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
                return [.. ofPeople.Select(g => (g.Key.Person!.Value.Value, g.Key.IsUnlicensed, g.Count))];
            default:
                var ofEnterprises = await refusals.GroupBy(r => new { r.Enterprise, r.IsUnlicensed }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
                return [.. ofEnterprises.Select(g => (g.Key.Enterprise!.Value.Value, g.Key.IsUnlicensed, g.Count))];
        }
    }

    private static async Task<List<(Guid Id, IncidentKind Kind, int Count)>> IncidentCountsAsync(ProfileSubject subject, IQueryable<MachineIncident> incidents, CancellationToken stop)
    {
        if (subject == ProfileSubject.Machine)
        {
            var ofMachines = await incidents.GroupBy(i => new { i.Machine, i.Kind }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
            return [.. ofMachines.Select(g => (g.Key.Machine.Value, g.Key.Kind, g.Count))];
        }

        var ofEnterprises = await incidents.GroupBy(i => new { i.Enterprise, i.Kind }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
        return [.. ofEnterprises.Select(g => (g.Key.Enterprise.Value, g.Key.Kind, g.Count))];
    }
}
