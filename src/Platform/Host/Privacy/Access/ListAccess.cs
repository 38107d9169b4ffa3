using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy.Access;

/// <summary>Who saw data of people, newest first.</summary>
internal sealed class ListAccess(AnlanDb db, IPeople people, PeopleSeen seen, CityCalendar calendar)
{
    private const int MostNamed = 3;
    private static readonly PersonalView Shown = new("privacy.access", PersonalField.Name);

    /// <param name="At">When.</param>
    /// <param name="Account">The viewer's account.</param>
    /// <param name="By">Its name at that time.</param>
    /// <param name="View">Where, for example <c>enterprises.people</c>.</param>
    /// <param name="Fields">What was shown.</param>
    /// <param name="IsUnmasked">Shown in full.</param>
    /// <param name="Reason">Why it was shown in full.</param>
    /// <param name="People">How many people were shown.</param>
    /// <param name="Named">Up to three of them; a name is null once the person is erased.</param>
    public sealed record Row(Guid Id, DateTimeOffset At, Guid Account, string By, string View, IReadOnlyList<string> Fields, bool IsUnmasked, string? Reason, int People, IReadOnlyList<Named> Named);

    /// <summary>One who was seen, masked.</summary>
    public sealed record Named(Guid Person, string? Name);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/access", (string? search, Guid? person, DateOnly? day, bool? unmasked, ListAccess slice, CancellationToken stop, int page = 1, int size = 20) =>
                slice.RunAsync(new PageRequest(page, size), new AccessFilter(search, person, day, unmasked), stop))
            .RequirePermission(PrivacyPermissions.ViewAccess).Scoped(ScopedBy.Installation).ShowsPeople().WithTags("Privacy").WithSummary("Who saw data of people, newest first; search by viewer or by a whole identity number");

    public async Task<Page<Row>> RunAsync(PageRequest request, AccessFilter filter, CancellationToken stop)
    {
        var looks = await filter.OfAsync(db, people, calendar, stop);
        var total = await looks.CountAsync(stop);
        var found = await looks.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        var few = found.Where(a => a.People <= MostNamed).Select(a => a.Id).ToList();
        var shown = (await db.Set<AccessedPerson>().AsNoTracking().Where(p => few.Contains(p.Access)).ToListAsync(stop)).ToLookup(p => p.Access, p => p.Person);
        seen.Add(Shown, shown.SelectMany(some => some));
        return new Page<Row>(
            [.. found.Select(a => new Row(a.Id, a.At, a.Account, a.By, a.View, AccessFilter.Names(a.Fields), a.IsUnmasked, a.Reason, a.People,
                [.. shown[a.Id].Select(person => new Named(person, people.Find(new PersonId(person))?.MaskedName))]))],
            total);
    }
}
