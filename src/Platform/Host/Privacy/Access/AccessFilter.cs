using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.Access;

/// <summary>Which looks are asked for.</summary>
/// <param name="Search">Part of the viewer's name, or the whole identity number of the person who was seen.</param>
/// <param name="Person">Who was seen.</param>
/// <param name="Day">On which day, in the city's time.</param>
/// <param name="Unmasked">Only what was shown in full, or only what was masked.</param>
internal sealed record AccessFilter(string? Search = null, Guid? Person = null, DateOnly? Day = null, bool? Unmasked = null)
{
    private const int IdentityLength = 18;

    /// <summary>The looks, in no order.</summary>
    public async Task<IQueryable<AccessRecord>> OfAsync(AnlanDb db, IPeople people, CityCalendar calendar, CancellationToken stop)
    {
        var looks = db.Set<AccessRecord>().AsNoTracking();
        var person = Person;
        if (Search?.Trim() is { Length: > 0 } term)
        {
            if (term.Length == IdentityLength && await people.FindByIdentityNumberAsync(term, stop) is { } found) person = found.Value;
            else looks = looks.Where(a => a.By.Contains(term));
        }

        if (person is { } one) looks = looks.Where(a => db.Set<AccessedPerson>().Any(seen => seen.Person == one && seen.Access == a.Id));
        if (Unmasked is { } unmasked) looks = looks.Where(a => a.IsUnmasked == unmasked);
        if (Day is not { } day) return looks;
        var (from, to) = (calendar.StartOf(day), calendar.EndOf(day));
        return looks.Where(a => a.At >= from && a.At < to);
    }

    /// <summary>Names of fields as the API says them.</summary>
    public static IReadOnlyList<string> Names(PersonalField fields) =>
        [.. Enum.GetValues<PersonalField>().Where(field => field != PersonalField.None && fields.HasFlag(field)).Select(field => char.ToLower(field.ToString()[0], CultureInfo.InvariantCulture) + field.ToString()[1..])];
}
