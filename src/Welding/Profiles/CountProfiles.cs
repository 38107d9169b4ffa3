using Anlan.Kernel.Time;

namespace Anlan.Welding.Profiles;

/// <summary>Counts what stands behind profiles, many subjects at once.</summary>
internal sealed class CountProfiles(StandingRecords standing, ToldRecords told, CityCalendar calendar)
{
    /// <summary>From when on what the log told counts.</summary>
    public DateTimeOffset WindowOf(ProfileFormula formula) => calendar.StartOf(calendar.Today.AddDays(-formula.WindowDays));

    /// <summary>The scored profile of each subject, by the formula of today.</summary>
    public async Task<IReadOnlyDictionary<Guid, ScoredProfile>> ScoreAsync(ProfileSubject subject, IReadOnlyCollection<Guid> ids, CancellationToken stop)
    {
        var formula = ProfileFormula.On(calendar.Today);
        var counts = await told.CountAsync(subject, ids, WindowOf(formula), stop);
        return ids.Distinct().ToDictionary(id => id, id => ProfileScore.Of(formula.Of(subject), CountsOf(subject, id, formula, counts.GetValueOrDefault(id, ToldRecords.Counts.None))));
    }

    private Dictionary<string, Counted> CountsOf(ProfileSubject subject, Guid id, ProfileFormula formula, ToldRecords.Counts told)
    {
        var counts = formula.Of(subject).Select(dimension => dimension.Key).ToDictionary(key => key, key => Count(standing.Of(subject, id, key, formula)));
        if (counts.ContainsKey(Dimensions.Starts)) counts[Dimensions.Starts] = new Counted(told.Sessions + told.Unlicensed + told.Refused, new Dictionary<string, int> { [Findings.Unlicensed] = told.Unlicensed, [Findings.Refused] = told.Refused });
        if (counts.ContainsKey(Dimensions.Conduct)) counts[Dimensions.Conduct] = new Counted(told.Ended, new Dictionary<string, int> { [Findings.CutOff] = told.CutOff, [Findings.Unconfirmed] = told.Unconfirmed });
        if (counts.TryGetValue(Dimensions.Incidents, out var watched)) counts[Dimensions.Incidents] = new Counted(watched.Records + told.Ungranted + told.Tampered, new Dictionary<string, int> { [Findings.Ungranted] = told.Ungranted, [Findings.Tampered] = told.Tampered });
        return counts;
    }

    private static Counted Count(IReadOnlyList<ProfileRecord> records) => new(records.Count, records.SelectMany(record => record.Findings).CountBy(finding => finding).ToDictionary());
}
