using Anlan.Cameras.Sight.Zones;

namespace Anlan.Cameras.Zones;

/// <summary>Zones while somebody draws them: every step can be undone and done again, nothing is in force before it is saved.</summary>
internal sealed class ZoneDrawing(ZoneSet drawn)
{
    private const int MostSteps = 200;
    private readonly List<IReadOnlyList<Zone>> _before = [];
    private readonly Stack<IReadOnlyList<Zone>> _undone = new();

    /// <summary>Version that was drawn upon.</summary>
    public int Seen => drawn.Version;

    /// <summary>As they stand now.</summary>
    public IReadOnlyList<Zone> Zones { get; private set; } = drawn.Zones;

    public bool CanUndo => _before.Count > 0;

    public bool CanRedo => _undone.Count > 0;

    public bool IsChanged => !ReferenceEquals(Zones, drawn.Zones) && CanUndo;

    public Zone? Find(int? number) => Zones.FirstOrDefault(zone => zone.Number == number);

    public void Undo()
    {
        if (!CanUndo) return;
        _undone.Push(Zones);
        Zones = _before[^1];
        _before.RemoveAt(_before.Count - 1);
    }

    public void Redo()
    {
        if (!_undone.TryPop(out var zones)) return;
        _before.Add(Zones);
        Zones = zones;
    }

    /// <summary>A zone more; answers its number.</summary>
    public int Add(ZoneKind kind, string name, IReadOnlyList<ZonePoint> corners)
    {
        // A number is never used again, also not that of a zone that was just removed here.
        var number = Math.Max(drawn.Zones.Select(zone => zone.Number).DefaultIfEmpty(0).Max(), _before.Append(Zones).Concat(_undone).SelectMany(zones => zones).Select(zone => zone.Number).DefaultIfEmpty(0).Max()) + 1;
        Take([.. Zones, new Zone(number, name, kind, corners)]);
        return number;
    }

    /// <summary>Another state of one.</summary>
    public void Change(Zone changed)
    {
        if (Find(changed.Number) is { } before && before != changed) Take([.. Zones.Select(zone => zone.Number == changed.Number ? changed : zone)]);
    }

    public void Remove(int number) => Take([.. Zones.Where(zone => zone.Number != number)]);

    public void MoveCorner(int number, int corner, ZonePoint to)
    {
        if (Find(number) is { } zone && corner >= 0 && corner < zone.Corners.Count) Change(zone with { Corners = [.. zone.Corners.Select((point, at) => at == corner ? Inside(to) : point)] });
    }

    public void InsertCorner(int number, int before, ZonePoint at)
    {
        if (Find(number) is { } zone && zone.Corners.Count < Zone.MostCorners && before >= 0 && before <= zone.Corners.Count) Change(zone with { Corners = [.. zone.Corners.Take(before), Inside(at), .. zone.Corners.Skip(before)] });
    }

    /// <summary>A corner less; a triangle keeps its three.</summary>
    public void RemoveCorner(int number, int corner)
    {
        if (Find(number) is { Corners.Count: > 3 } zone) Change(zone with { Corners = [.. zone.Corners.Where((_, at) => at != corner)] });
    }

    private void Take(IReadOnlyList<Zone> zones)
    {
        _before.Add(Zones);
        if (_before.Count > MostSteps) _before.RemoveAt(0);
        _undone.Clear();
        Zones = zones;
    }

    private static ZonePoint Inside(ZonePoint point) => new(Math.Round(Math.Clamp(point.X, 0, 1), 4), Math.Round(Math.Clamp(point.Y, 0, 1), 4));
}
