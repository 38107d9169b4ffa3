using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Organs;

/// <summary>Supervision that runs out soon: the day after, the next wider organ supervises, or nobody.</summary>
internal sealed class EndingAssignmentTasks(AssignmentIndex assignments, OrganIndex organs, IDivisions divisions, IEnterprises enterprises, CurrentScope scope, CityCalendar calendar, IStringLocalizer<Words> words) : IDeskTasks
{
    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var today = calendar.Today;
        var last = today.AddDays(DeskTask.Horizon);
        return Task.FromResult<IReadOnlyList<DeskTask>>([.. assignments.All
            .Where(a => a.EndReason is null && a.IsOpenOn(today) && a.To <= last && scope.Now.CoversOrgan(a.Organ.Value) && !assignments.Of(a.Organ).Any(other => other.Division == a.Division && other.Enterprise == a.Enterprise && !(other.To <= a.To)))
            .Select(a => new DeskTask("flag", words["Desk.Assignment", NameOf(a.Organ), TargetOf(a)], words["Desk.Assignment.Why"], a.To, words["Desk.Assignment.Do"], $"/organs/{a.Organ.Value}"))]);
    }

    private string NameOf(OrganId id) => organs.Find(id) is { } organ ? FactWords.IsChinese ? organ.NameZh : organ.NameEn : "";

    private string TargetOf(AssignmentFacts assignment) =>
        (assignment.Division is { } division ? divisions.Find(division)?.Name : assignment.Enterprise is { } enterprise ? enterprises.Find(enterprise)?.Name : null) ?? "";
}
