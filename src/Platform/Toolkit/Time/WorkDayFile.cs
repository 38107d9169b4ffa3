using System.Globalization;
using System.Text;
using System.Text.Json;
using Anlan.Kernel.Time;

namespace Anlan.Toolkit.Time;

/// <summary>One thing wrong with a file of working days.</summary>
/// <param name="Place">Line number, or the entry of a JSON file; null for the file as a whole.</param>
/// <param name="Code">Reason code.</param>
/// <param name="Found">What was found, or null.</param>
public sealed record WorkDayFault(string? Place, string Code, string? Found);

/// <summary>
/// Reads holidays and make-up days: lines of <c>day,kind,nameZh,nameEn</c> with kind <c>holiday</c> or <c>makeUp</c>, or JSON as the npm
/// package chinese-days publishes it (<c>holidays</c> and <c>workdays</c> by date). Says everything that is wrong, line by line.
/// </summary>
public static class WorkDayFile
{
    /// <summary>First line of a file of lines.</summary>
    public const string Header = "day,kind,nameZh,nameEn";

    /// <summary>Fewest holidays of a whole year: fewer were never published since 2000, so the file is a part of one.</summary>
    public const int LeastHolidays = 10;

    private const string Holiday = "holiday";
    private const string MakeUp = "makeUp";

    /// <summary>The years of a file; when there is a fault nothing of it may be used.</summary>
    public static (IReadOnlyList<WorkYear> Years, IReadOnlyList<WorkDayFault> Faults) Read(string text)
    {
        var faults = new List<WorkDayFault>();
        var days = new Dictionary<DateOnly, SpecialDay>();
        if (text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("{")) ReadJson(text.TrimStart('\uFEFF'), days, faults);
        else ReadLines(text, days, faults);
        if (days.Count == 0 && faults.Count == 0) faults.Add(new WorkDayFault(null, "WorkDaysEmpty", null));
        var years = ToYears(days.Values, faults);
        return faults.Count > 0 ? ([], faults) : (years, faults);
    }

    /// <summary>Years as a file of lines, with the header.</summary>
    public static string Write(IEnumerable<WorkYear> years)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var day in years.SelectMany(year => year.Days).OrderBy(day => day.Day))
        {
            text.Append(CultureInfo.InvariantCulture, $"{day.Day:yyyy-MM-dd},{(day.IsWorked ? MakeUp : Holiday)},{day.NameZh},{day.NameEn}\n");
        }

        return text.ToString();
    }

    private static void ReadLines(string text, Dictionary<DateOnly, SpecialDay> days, List<WorkDayFault> faults)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim('\r', ' ', '\t', '\uFEFF');
            if (line.Length == 0 || line[0] == '#' || line == Header) continue;
            var place = number.ToString(CultureInfo.InvariantCulture);
            var cells = line.Split(',').Select(cell => cell.Trim().Trim('"')).ToArray();
            if (cells.Length != 4) faults.Add(new WorkDayFault(place, "WorkDaysFields", line));
            else if (cells[1] is not (Holiday or MakeUp)) faults.Add(new WorkDayFault(place, "WorkDaysKind", cells[1]));
            else Add(place, cells[0], cells[1] == MakeUp, cells[2], cells[3], days, faults);
        }
    }

    private static void ReadJson(string text, Dictionary<DateOnly, SpecialDay> days, List<WorkDayFault> faults)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var (field, isWorked) in (ReadOnlySpan<(string, bool)>)[("holidays", false), ("workdays", true)])
            {
                if (!document.RootElement.TryGetProperty(field, out var entries) || entries.ValueKind != JsonValueKind.Object)
                {
                    faults.Add(new WorkDayFault(field, "WorkDaysJsonField", field));
                    continue;
                }

                foreach (var entry in entries.EnumerateObject())
                {
                    // "New Year's Day,元旦,1": English name, Chinese name, number of days.
                    var names = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()!.Split(',') : [];
                    Add($"{field}.{entry.Name}", entry.Name, isWorked, names.ElementAtOrDefault(1) ?? "", names.ElementAtOrDefault(0) ?? "", days, faults);
                }
            }
        }
        catch (JsonException broken)
        {
            faults.Add(new WorkDayFault((broken.LineNumber + 1)?.ToString(CultureInfo.InvariantCulture), "WorkDaysJson", null));
        }
    }

    private static void Add(string place, string dayText, bool isWorked, string nameZh, string nameEn, Dictionary<DateOnly, SpecialDay> days, List<WorkDayFault> faults)
    {
        if (!DateOnly.TryParseExact(dayText, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) faults.Add(new WorkDayFault(place, "WorkDaysDay", dayText));
        else if (day.Year is < 2000 or > 2100) faults.Add(new WorkDayFault(place, "WorkDaysYear", dayText));
        else if (nameZh.Length is 0 or > 60 || nameEn.Length is 0 or > 60) faults.Add(new WorkDayFault(place, "WorkDaysName", dayText));
        else if (isWorked && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) faults.Add(new WorkDayFault(place, "WorkDaysWeekday", dayText));
        else if (!days.TryAdd(day, new SpecialDay(day, isWorked, nameZh, nameEn))) faults.Add(new WorkDayFault(place, "WorkDaysTwice", dayText));
    }

    private static List<WorkYear> ToYears(IEnumerable<SpecialDay> days, List<WorkDayFault> faults)
    {
        var byYear = days.GroupBy(day => day.Day.Year).ToDictionary(year => year.Key, year => year.OrderBy(day => day.Day).ToList());
        foreach (var year in byYear.Keys.Order().ToList())
        {
            var found = byYear[year];
            // New Year's Day may pull in the last days of December: they were published with the year that follows.
            if (found.TrueForAll(day => day.Day.Month == 12) && byYear.TryGetValue(year + 1, out var next))
            {
                next.InsertRange(0, found);
                byYear.Remove(year);
            }
            else if (found.Count(day => !day.IsWorked) is var holidays && holidays < LeastHolidays)
            {
                faults.Add(new WorkDayFault(null, "WorkDaysTooFew", string.Create(CultureInfo.InvariantCulture, $"{year}: {holidays}")));
            }
        }

        return [.. byYear.OrderBy(year => year.Key).Select(year => new WorkYear(year.Key, year.Value))];
    }
}
