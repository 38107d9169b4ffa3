using Anlan.Kernel.Time;
using Anlan.Welding.Problems;
using Anlan.Welding.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Profiles;

/// <summary>The records behind a dimension of one subject: exactly those that were counted.</summary>
internal sealed class ProfileRecords(StandingRecords standing, ToldRecords told, CountProfiles counts, CityCalendar calendar)
{
    /// <summary>Those from a place on, at most so many, and how many there are.</summary>
    public async Task<(IReadOnlyList<ProfileRecord> Records, int Total)> ReadAsync(ProfileSubject subject, Guid id, string dimension, string? finding, int skip, int take, CancellationToken stop)
    {
        var formula = ProfileFormula.On(calendar.Today);
        var from = counts.WindowOf(formula);
        var (records, total) = (new List<ProfileRecord>(), 0);
        async Task TakeAsync<TRow>(IOrderedQueryable<TRow> rows, Func<TRow, ProfileRecord> read)
        {
            var count = await rows.CountAsync(stop);
            if (records.Count < take && skip < total + count) records.AddRange((await rows.Skip(Math.Max(0, skip - total)).Take(take - records.Count).ToListAsync(stop)).Select(read));
            total += count;
        }

        if (dimension == Dimensions.Incidents) await TakeAsync(told.Incidents(subject, id, from, finding).OrderByDescending(i => i.At).ThenByDescending(i => i.Seq), Read);
        if (dimension == Dimensions.Starts) await TakeAsync(told.Refusals(subject, id, from, finding).OrderByDescending(r => r.At).ThenByDescending(r => r.Seq), Read);
        if (dimension is Dimensions.Starts or Dimensions.Conduct) await TakeAsync(told.Sessions(subject, id, from, dimension, finding).OrderByDescending(s => s.StartedAt).ThenByDescending(s => s.Seq), Read);
        var now = standing.Of(subject, id, dimension, formula).Where(record => finding is null || record.Findings.Contains(finding)).ToList();
        if (records.Count < take) records.AddRange(now.Skip(Math.Max(0, skip - total)).Take(take - records.Count));
        return (records, total + now.Count);
    }

    private static ProfileRecord Read(MachineIncident incident) =>
        new("incident", [incident.Kind == IncidentKind.Ungranted ? Findings.Ungranted : Findings.Tampered]) { Machine = incident.Machine, Position = incident.Seq, At = incident.At };

    private static ProfileRecord Read(RefusedStart refused) =>
        new("refusal", [refused.IsUnlicensed ? Findings.Unlicensed : Findings.Refused]) { Machine = refused.Machine, Person = refused.Person, Position = refused.Seq, At = refused.At };

    private static ProfileRecord Read(WeldSession session)
    {
        var findings = new List<string>();
        if (session is { EndedAt: not null, RevokeReason: not null }) findings.Add(Findings.CutOff);
        if (session is { EndedAt: not null, IsEndConfirmed: false }) findings.Add(Findings.Unconfirmed);
        return new ProfileRecord("session", findings) { Machine = session.Machine, Person = session.Person, Id = session.Id.Value, Position = session.Seq, At = session.StartedAt };
    }
}
