using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Training.Certificates;

/// <summary>Certificates of people who work today and whose review or end is near or past, unless another one takes their place.</summary>
internal sealed class CertificateTasks(CertificateIndex index, CertificateRules rules, IPeople people, IEmployment employment, CurrentScope scope, CityCalendar calendar, IStringLocalizer<Words> words) : IDeskTasks
{
    private static readonly CertificateStatus[] Waiting = [CertificateStatus.Expired, CertificateStatus.ReviewOverdue, CertificateStatus.ReviewDue, CertificateStatus.ExpiresSoon];

    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var today = calendar.Today;
        var found = people.Within(scope.Now).Where(person => employment.BindingsOf(person, today).Count > 0).SelectMany(Waiters).ToLookup(c => c.StatusOn(today, rules));
        return Task.FromResult<IReadOnlyList<DeskTask>>([.. Waiting.SelectMany(status => TasksOf(status, [.. found[status]]))]);
    }

    private IEnumerable<CertificateEntry> Waiters(PersonId person) =>
        index.Of(person).Where(c => Waiting.Contains(c.StatusOn(calendar.Today, rules)) && !index.IsReplaced(c, calendar.Today, rules));

    private IEnumerable<DeskTask> TasksOf(CertificateStatus status, List<CertificateEntry> waiting)
    {
        if (waiting.Count == 0) return [];
        if (waiting.Count > DeskTask.MostOfAKind)
        {
            return [new DeskTask("cap", words["Desk.Certificates", waiting.Count, words[$"Status.{status}"]], words[$"Desk.Why.{status}"], waiting.Min(c => c.Dates.DayOf(status)), words["Desk.See"], $"/certificates?status={status}")
            {
                Rule = RuleOf(waiting.MinBy(c => c.Dates.DayOf(status))!, status),
            }];
        }

        return waiting.Select(c => new DeskTask(
            "cap", words["Desk.Certificate", words[$"Status.{status}"], people.Find(c.Person)?.MaskedName ?? "", words[$"SubItem.{c.SubItem}"]], words[$"Desk.Why.{status}"], c.Dates.DayOf(status), words["Desk.Renew"],
            $"/certificates/{c.Id}")
        { Rule = RuleOf(c, status), Person = c.Person.Value });
    }

    private AppliedRule? RuleOf(CertificateEntry certificate, CertificateStatus status) => rules.RuleFor(status, calendar.Today, certificate.Category, certificate.Dates)?.Rules[0];
}
