using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Enterprises.Employments;

/// <summary>Temporary bindings that end soon: afterwards the person starts no machine there, so somebody should know beforehand.</summary>
internal sealed class EndingBindingTasks(EmploymentIndex employments, EnterpriseIndex enterprises, IPeople people, CurrentScope scope, CityCalendar calendar, IStringLocalizer<Words> words) : IDeskTasks
{
    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var today = calendar.Today;
        var last = today.AddDays(DeskTask.Horizon);
        var ending = enterprises.Within(scope.Now).SelectMany(e => employments.Of(e.Id)).Where(b => b.To >= today && b.To <= last && !employments.Of(b.Person).Any(other => other.Enterprise == b.Enterprise && !(other.To <= b.To))).ToList();
        return Task.FromResult<IReadOnlyList<DeskTask>>(ending.Count > DeskTask.MostOfAKind
            ? [new DeskTask("user", words["Desk.Bindings", ending.Count], words["Desk.Bindings.Why"], ending.Min(b => b.To), words["Desk.See"], "/people")]
            : [.. ending.Select(b => new DeskTask("user", words["Desk.Binding", people.Find(b.Person)?.MaskedName ?? "", enterprises.Find(b.Enterprise)?.Name ?? ""], words["Desk.Bindings.Why"], b.To, words["Desk.Extend"], $"/people/{b.Person.Value}") { Person = b.Person.Value })]);
    }
}
