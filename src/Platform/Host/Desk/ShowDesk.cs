using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Ui;

namespace Anlan.Host.Desk;

/// <summary>What waits for the reader, from every module: the overdue first, then by its last day.</summary>
internal sealed class ShowDesk(IEnumerable<DeskTaskSource> sources, IPermissions permissions, CurrentActor current, CityCalendar calendar, PeopleSeen seen, IServiceProvider services)
{
    private static readonly PersonalView Tasks = new("desk.tasks", PersonalField.Name);

    /// <param name="Group">When it is due.</param>
    /// <param name="Rule">Id of the rule that demands it, or null.</param>
    /// <param name="RuleOn">The day on which the rule is judged.</param>
    /// <param name="Person">The person whom it names, masked; null when it names nobody.</param>
    public sealed record Row(DueGroup Group, string Icon, string What, string Why, DateOnly? Due, string Verb, string Href, string? Rule, DateOnly? RuleOn, Guid? Person);

    /// <param name="Items">This page of what matches.</param>
    /// <param name="Total">How many match.</param>
    /// <param name="All">How many wait altogether.</param>
    /// <param name="First">How many of them are overdue or for today.</param>
    /// <param name="Days">How many fall due on each of the coming days, today first; the overdue and those for now count today.</param>
    public sealed record Shown(IReadOnlyList<Row> Items, int Total, int All, int First, IReadOnlyList<Day> Days);

    public sealed record Day(DateOnly On, int Count);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/desk", (string? search, DateOnly? on, ShowDesk slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size, search), on, stop))
            .RequirePermission(DeskPermissions.View).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Desk").WithSummary("What waits for whoever asks, the overdue first; search by words, on by the day on which it is due");

    /// <param name="request">Page and search.</param>
    /// <param name="on">Only what is due on this day.</param>
    /// <param name="stop">Stops.</param>
    public async Task<Shown> RunAsync(PageRequest request, DateOnly? on, CancellationToken stop)
    {
        var rows = new List<Row>();
        foreach (var source in sources.Where(source => permissions.IsHeld(source.Permission, current.Actor)))
        {
            rows.AddRange((await ((IDeskTasks)services.GetRequiredService(source.Type)).OfReaderAsync(stop)).Select(Read));
        }

        var found = rows.OrderBy(row => row.Group).ThenBy(row => row.Due ?? calendar.Today).ThenBy(row => row.What, StringComparer.Ordinal)
            .Where(row => (request.Term is not { } term || row.What.Contains(term, StringComparison.OrdinalIgnoreCase)) && (on is not { } day || DayOf(row) == day)).ToList();
        var byDay = rows.CountBy(DayOf).ToDictionary();
        var page = found.Skip(request.Skip).Take(request.Take).ToList();
        seen.Add(Tasks, page.Select(row => row.Person).OfType<Guid>());
        return new Shown(
            page, found.Count, rows.Count, rows.Count(row => row.Group <= DueGroup.Today),
            [.. Enumerable.Range(0, DeskTask.Horizon).Select(ahead => calendar.Today.AddDays(ahead)).Select(day => new Day(day, byDay.GetValueOrDefault(day)))]);
    }

    private DateOnly DayOf(Row row) => row.Due is { } due && due > calendar.Today ? due : calendar.Today;

    private Row Read(DeskTask task)
    {
        var today = calendar.Today;
        var group = task.Due is not { } due || due == today ? DueGroup.Today : due < today ? DueGroup.Overdue : due <= today.AddDays(7) ? DueGroup.Week : DueGroup.Later;
        return new Row(group, task.Icon, task.What, task.Why, task.Due, task.Verb, task.Href, task.Rule?.Rule.Id, task.Rule?.On, task.Person);
    }
}

/// <summary>When something is due, in the order of the desk.</summary>
internal enum DueGroup
{
    /// <summary>Its last day has passed.</summary>
    Overdue,

    /// <summary>Today, or as soon as possible.</summary>
    Today,

    /// <summary>Within seven days.</summary>
    Week,

    /// <summary>Afterwards.</summary>
    Later,
}
