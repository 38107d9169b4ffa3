using System.Collections.Immutable;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Time;

/// <summary>A year of the installation's calendar and where it comes from.</summary>
/// <param name="Year">The year with its days.</param>
/// <param name="Source">Where they were published; null for a year that the program brings along.</param>
/// <param name="ImportedAt">When it was imported, or null.</param>
public sealed record KnownWorkYear(WorkYear Year, string? Source, DateTimeOffset? ImportedAt);

/// <summary>The installation's working days: the years that the program brings along, and those that were imported, which come first. In memory, as committed.</summary>
public sealed class WorkDays : EntityIndex<WorkYearRow>
{
    /// <summary>Where the years that the program brings along come from.</summary>
    public const string BuiltInSource = "chinese-days 1.5.7 (MIT), github.com/vsme/chinese-days";

    private static readonly ImmutableSortedDictionary<int, KnownWorkYear> BuiltIn = ReadBuiltIn();
    private readonly Lock _gate = new();
    private volatile State _state = new(BuiltIn);

    /// <summary>The calendar as it is now; ask it once for a whole computation.</summary>
    public WorkCalendar Calendar => _state.Calendar;

    /// <summary>The years and their sources, the oldest first.</summary>
    public IEnumerable<KnownWorkYear> Years => _state.Years.Values;

    /// <summary>A year with its source, or null when it is not known.</summary>
    public KnownWorkYear? Find(int year) => _state.Years.GetValueOrDefault(year);

    /// <inheritdoc />
    protected override void Clear() => _state = new State(BuiltIn);

    /// <inheritdoc />
    protected override void Put(WorkYearRow entity)
    {
        lock (_gate) _state = new State(_state.Years.SetItem(entity.Year, Read(entity)));
    }

    /// <inheritdoc />
    protected override void Remove(WorkYearRow entity)
    {
        lock (_gate) _state = new State(BuiltIn.TryGetValue(entity.Year, out var own) ? _state.Years.SetItem(entity.Year, own) : _state.Years.Remove(entity.Year));
    }

    private static KnownWorkYear Read(WorkYearRow row) => new(Read(row.Days).Single(year => year.Year == row.Year), row.Source, row.ImportedAt);

    private static IReadOnlyList<WorkYear> Read(string text) =>
        WorkDayFile.Read(text) is { Faults: [] } read ? read.Years : throw new InvalidOperationException("A stored year of working days cannot be read.");

    private static ImmutableSortedDictionary<int, KnownWorkYear> ReadBuiltIn()
    {
        using var reader = new StreamReader(typeof(WorkDays).Assembly.GetManifestResourceStream("Anlan.Toolkit.Time.china-work-days.csv")!);
        return Read(reader.ReadToEnd()).ToImmutableSortedDictionary(year => year.Year, year => new KnownWorkYear(year, null, null));
    }

    private sealed record State(ImmutableSortedDictionary<int, KnownWorkYear> Years)
    {
        public WorkCalendar Calendar { get; } = new(Years.Values.Select(known => known.Year));
    }
}

/// <summary>Registers the calendar of working days.</summary>
public static class WorkDayServices
{
    /// <summary>Adds <see cref="WorkDays"/>.</summary>
    public static IServiceCollection AddWorkDays(this IServiceCollection services) => services.AddEntityIndex<WorkDays>();
}
