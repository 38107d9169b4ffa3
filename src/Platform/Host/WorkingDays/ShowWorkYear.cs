using System.Globalization;
using System.Text;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Time;

namespace Anlan.Host.WorkingDays;

/// <summary>A year of the calendar: its holidays and make-up days, and from where they are known.</summary>
internal sealed class ShowWorkYear(WorkDays days)
{
    /// <param name="Year">The year.</param>
    /// <param name="Known">False when nothing is known about it; nothing may be counted across it then.</param>
    /// <param name="Source">Where its days were published, or null.</param>
    /// <param name="ImportedAt">When it was imported; null for a year that the program brings along.</param>
    /// <param name="WorkingDays">How many days are worked, or null.</param>
    /// <param name="Special">Holidays and make-up days.</param>
    public sealed record Shown(int Year, bool Known, string? Source, DateTimeOffset? ImportedAt, int? WorkingDays, IReadOnlyList<SpecialDay> Special);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/working-days/{year:int:range(1,9999)}", (int year, ShowWorkYear slice) => slice.Run(year))
            .RequirePermission(WorkingDaysPermissions.View).Scoped(ScopedBy.Everybody).WithTags("Working days").WithSummary("Holidays and make-up days of a year; known is false for a year that nobody published");
        api.MapGet("/working-days/{year:int:range(1,9999)}/export", (int year, ShowWorkYear slice) => slice.Export(year))
            .RequirePermission(WorkingDaysPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Everybody).WithTags("Working days").WithSummary("A year as a file that can be imported");
    }

    public Shown Run(int year)
    {
        var calendar = days.Calendar;
        if (days.Find(year) is not { } known || !calendar.Knows(year)) return new Shown(year, false, null, null, null, []);
        var all = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays).ToList();
        return new Shown(year, true, known.Source ?? WorkDays.BuiltInSource, known.ImportedAt, all.Count(day => calendar.IsWorked(day).Value), [.. all.Select(calendar.SpecialOn).OfType<SpecialDay>()]);
    }

    private IResult Export(int year)
    {
        var text = WorkDayFile.Write(days.Find(year) is { } known ? [known.Year] : []);
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"working-days-{year}.csv"));
    }
}
