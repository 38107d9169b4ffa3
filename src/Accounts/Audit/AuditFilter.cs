using Anlan.Accounts.Registry;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Audit;

/// <summary>Which records are asked for.</summary>
/// <param name="Who">Part of a user name or shown name, or a whole id; accounts on whose behalf others acted are found too.</param>
/// <param name="What">Part of an action, in the reader's words or as its code.</param>
/// <param name="Subject">Part of a subject, for example an id.</param>
/// <param name="From">First day, in the city's time.</param>
/// <param name="To">Last day.</param>
internal sealed record AuditFilter(string? Who = null, string? What = null, string? Subject = null, DateOnly? From = null, DateOnly? To = null)
{
    public bool IsEmpty => string.IsNullOrWhiteSpace(Who) && string.IsNullOrWhiteSpace(What) && string.IsNullOrWhiteSpace(Subject) && From is null && To is null;

    /// <summary>The records, in no order.</summary>
    public IQueryable<AuditRecord> Of(AnlanDb db, AccountIndex accounts, AuditWords words, CityCalendar calendar)
    {
        var records = db.Set<AuditRecord>().AsNoTracking();
        if (Who?.Trim() is { Length: > 0 } who)
        {
            var ids = accounts.All.Where(a => Contains(a.UserName, who) || Contains(a.DisplayName, who)).Select(a => a.Id).ToList();
            if (Guid.TryParse(who, out var id)) ids.Add(id);
            if (Contains(words.Who(Guid.Empty), who)) ids.Add(Guid.Empty);
            records = records.Where(a => ids.Contains(a.Account) || (a.OnBehalfOf != null && ids.Contains(a.OnBehalfOf.Value)));
        }

        if (What?.Trim() is { Length: > 0 } what)
        {
            var actions = words.Find(what);
            records = records.Where(a => actions.Contains(a.Action) || a.Action.Contains(what));
        }

        if (Subject?.Trim() is { Length: > 0 } subject) records = records.Where(a => a.Subject.Contains(subject));
        if (From is { } first)
        {
            var from = calendar.StartOf(first);
            records = records.Where(a => a.At >= from);
        }

        if (To is not { } last) return records;
        var to = calendar.EndOf(last);
        return records.Where(a => a.At < to);
    }

    private static bool Contains(string? text, string term) => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;
}
