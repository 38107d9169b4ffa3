using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Seeing;

/// <summary>What is wrong with a camera's sight, told by its pictures alone. The worst counts: no picture, a covered lens, darkness, a picture that stands, another view.</summary>
internal sealed class SightWatch
{
    private readonly SightSettings _settings;
    private readonly DateTimeOffset _began;
    private readonly Lasting _frozen;
    private readonly Lasting _covered;
    private readonly Lasting _dark;
    private readonly Lasting _moved;
    private readonly ushort[] _first = new ushort[Grid.Cells];
    private readonly int[] _levels = new int[256];
    private bool _hasFirst;
    private bool _isOffline;
    private SightState? _told;

    /// <param name="settings">From when on it does not see.</param>
    /// <param name="began">Now.</param>
    public SightWatch(SightSettings settings, DateTimeOffset began)
    {
        (_settings, _began, Since) = (settings, began, began);
        Placement = new Placement(settings);
        _frozen = new Lasting(settings.FrozenAfter, TimeSpan.Zero);
        _covered = new Lasting(settings.CoveredAfter, settings.WellAfter);
        _dark = new Lasting(settings.DarkAfter, settings.WellAfter);
        _moved = new Lasting(settings.MovedAfter, settings.WellAfter);
    }

    /// <summary>Whether it sees; off-line until the first picture.</summary>
    public SightState State { get; private set; } = SightState.Offline;

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>When the last picture was taken.</summary>
    public DateTimeOffset? PictureAt { get; private set; }

    /// <summary>How the view is known.</summary>
    public Placement Placement { get; }

    /// <summary>The zones were drawn anew, on the view as it is now.</summary>
    public void Redrawn()
    {
        Placement.Forget();
        _moved.Reset();
    }

    /// <summary>Takes a picture; true when <see cref="State"/> is another one, or for the first time known.</summary>
    public bool See(Grid grid, DateTimeOffset at)
    {
        var wasOffline = _isOffline || PictureAt is null;
        (PictureAt, _isOffline) = (at, false);
        _frozen.Tell(IsSame(grid) && !wasOffline, at);
        var (surface, dark) = Judge(grid);
        _covered.Tell(surface, at);
        _dark.Tell(dark, at);
        // Where nothing is to be seen nobody can say whether it is the old view.
        var likeness = surface || dark ? null : Placement.Look(grid, at);
        _moved.Tell(likeness is { } alike ? alike < (_moved.IsOn ? _settings.InPlaceAbove : _settings.MovedBelow) : null, at);
        return Tell(at, at);
    }

    /// <summary>Time went on, with or without pictures; true when the camera is off-line now.</summary>
    public bool Wait(DateTimeOffset now)
    {
        var last = PictureAt ?? _began;
        if (_isOffline || now - last < _settings.OfflineAfter) return false;
        (_isOffline, _hasFirst) = (true, false);
        return Tell(last, now);
    }

    private bool Tell(DateTimeOffset since, DateTimeOffset now)
    {
        var (state, begin) = _isOffline ? (SightState.Offline, since)
            : _covered.IsOn ? (SightState.Covered, _covered.Since)
            : _dark.IsOn ? (SightState.Dark, _dark.Since)
            : _frozen.IsOn ? (SightState.Frozen, _frozen.Since)
            : _moved.IsOn ? (SightState.Moved, _moved.Since)
            : (SightState.Seeing, now);
        if (_told == state) return false;
        _told = state;
        // It cannot have begun before the state ended that was told until now, unless that one was wrong all the time.
        (State, Since) = (state, begin);
        return true;
    }

    // Compared with the first of the pictures that are the same, so that a slow change is one.
    private bool IsSame(Grid grid)
    {
        if (_hasFirst)
        {
            var differing = 0;
            for (var i = 0; i < Grid.Cells; i++) if (grid.Sums[i] != _first[i]) differing++;
            if (differing <= _settings.FrozenCells * Grid.Cells) return true;
        }

        grid.Sums.CopyTo(_first);
        _hasFirst = true;
        return false;
    }

    // The level that nine of ten cells do not reach.
    private int Bright()
    {
        var (level, cells) = (0, _levels[0]);
        while (cells <= Grid.Cells * 9 / 10) cells += _levels[++level];
        return level;
    }

    private (bool Surface, bool Dark) Judge(Grid grid)
    {
        var (sum, squares, edges, last) = (0d, 0d, 0, 0f);
        Array.Clear(_levels);
        for (var i = 0; i < Grid.Cells; i++)
        {
            var mean = (float)grid.Sums[i] / Grid.Pixels;
            _levels[(int)mean]++;
            sum += mean;
            squares += mean * mean;
            if (i % Grid.Columns > 0 && Math.Abs(mean - last) > 6) edges++;
            last = mean;
        }

        var spread = Math.Sqrt(Math.Max(0, (squares / Grid.Cells) - (sum / Grid.Cells * (sum / Grid.Cells))));
        var dark = Bright() < _settings.DarkBelow;
        var surface = spread < _settings.CoveredSpread && edges < _settings.CoveredEdges * Grid.Cells;
        // At night a lens without a lid shows a surface too, but one with noise.
        return (surface && !(dark && grid.Grain > _settings.DarkGrain), dark);
    }
}
