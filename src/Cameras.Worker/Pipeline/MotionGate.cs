using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Seeing;

namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>When a model has to look at a picture.</summary>
internal sealed record GateSettings
{
    /// <summary>Around zones motion counts as far as this, in parts of the picture: who comes is followed before he is inside.</summary>
    public double Around { get; init; } = 0.08;

    /// <summary>Cells that have to change: somebody of a tenth of the picture's height has a dozen.</summary>
    public int Cells { get; init; } = 5;

    /// <summary>Least change of a cell's brightness.</summary>
    public float Least { get; init; } = 5;

    /// <summary>A cell's usual change is exceeded so many times.</summary>
    public float Times { get; init; } = 4;

    /// <summary>After motion every picture is looked at for so long.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Without motion one picture is looked at each time.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>
/// Spares the model pictures in which nothing moved: each cell has its usual brightness and its usual change, so that noise, rain and leaves get used to. One of a camera; not for several threads.
/// </summary>
internal sealed class MotionGate(GateSettings settings)
{
    private const float Learning = 0.05f;
    private const float Largest = 60;
    private readonly float[] _usual = new float[Grid.Cells];
    private readonly float[] _change = new float[Grid.Cells];
    private readonly bool[] _counts = new bool[Grid.Cells];
    private DateTimeOffset? _moved;
    private DateTimeOffset? _looked;
    private bool _knows;

    /// <summary>How many cells changed in the last picture.</summary>
    public int Changed { get; private set; }

    /// <summary>Takes the zones; without any the whole picture counts.</summary>
    public void Redraw(ZoneSet zones)
    {
        List<Zone> watched = [.. zones.Zones.Where(zone => zone.Kind != ZoneKind.Mask)];
        if (watched.Count == 0)
        {
            Array.Fill(_counts, true);
            return;
        }

        Array.Clear(_counts);
        var (across, down) = ((int)Math.Ceiling(settings.Around * Grid.Columns), (int)Math.Ceiling(settings.Around * Grid.Rows));
        for (var y = 0; y < Grid.Rows; y++)
        {
            for (var x = 0; x < Grid.Columns; x++)
            {
                if (watched.Exists(zone => Touches(zone, x, y))) Spread(x, y, across, down);
            }
        }
    }

    /// <summary>True when the model has to look at this picture.</summary>
    /// <param name="grid">The picture.</param>
    /// <param name="at">When it was taken.</param>
    /// <param name="always">True while somebody is in a zone.</param>
    public bool Wants(Grid grid, DateTimeOffset at, bool always)
    {
        Changed = Count(grid);
        if (Changed >= settings.Cells) _moved = at;
        if (!always && !(at - _moved <= settings.After) && at - _looked < settings.Heartbeat) return false;
        _looked = at;
        return true;
    }

    private int Count(Grid grid)
    {
        var changed = 0;
        for (var i = 0; i < Grid.Cells; i++)
        {
            var mean = (float)grid.Sums[i] / Grid.Pixels;
            if (!_knows) _usual[i] = mean;
            var difference = Math.Abs(mean - _usual[i]);
            if (_counts[i] && difference > Math.Max(settings.Least, settings.Times * _change[i])) changed++;
            _usual[i] += Learning * (mean - _usual[i]);
            _change[i] += Learning * (Math.Min(Largest, difference) - _change[i]);
        }

        _knows = true;
        return changed;
    }

    // A narrow zone may pass between the middles of its cells: its corners count too.
    private static bool Touches(Zone zone, int x, int y) =>
        zone.Contains((x + 0.5) / Grid.Columns, (y + 0.5) / Grid.Rows)
        || zone.Corners.Any(corner => (int)Math.Min(corner.X * Grid.Columns, Grid.Columns - 1) == x && (int)Math.Min(corner.Y * Grid.Rows, Grid.Rows - 1) == y);

    private void Spread(int x, int y, int across, int down)
    {
        for (var row = Math.Max(0, y - down); row <= Math.Min(Grid.Rows - 1, y + down); row++)
        {
            var (from, to) = (Math.Max(0, x - across), Math.Min(Grid.Columns - 1, x + across));
            Array.Fill(_counts, true, (row * Grid.Columns) + from, to - from + 1);
        }
    }
}
