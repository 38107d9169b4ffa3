using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Sight.Zones;

/// <summary>Something that happened in a zone.</summary>
/// <param name="Kind">What.</param>
/// <param name="Occupant">Whom it concerns; null = the zone as a whole.</param>
/// <param name="Persons">How many people are in the zone after it.</param>
/// <param name="Seconds">Of what lasts: for how many seconds already.</param>
internal sealed record Happening(SightEventKind Kind, Occupant? Occupant, int Persons, double? Seconds = null);

/// <summary>One zone that nobody, or nobody without a permit, may be in.</summary>
internal sealed class WatchedZone(Zone zone, ZoneWatchSettings settings)
{
    private readonly Dictionary<Walk, int> _inside = [];
    private readonly List<Occupant> _occupants = [];
    private readonly List<Happening> _happened = [];
    private bool _isCrowded;

    /// <summary>The zone as it is drawn now.</summary>
    public Zone Zone { get; private set; } = zone;

    /// <summary>Who is in it.</summary>
    public IReadOnlyList<Occupant> Occupants => _occupants;

    /// <summary>True while somebody is in it who does not count yet.</summary>
    public bool IsEntering => _inside.Values.Any(pictures => pictures > 0);

    /// <summary>The zone was drawn anew. Whoever stands beside it now is seen to leave it, by and by.</summary>
    public void Redraw(Zone drawn) => Zone = drawn;

    /// <summary>Takes one picture; what happened.</summary>
    /// <param name="at">When it was taken.</param>
    /// <param name="seen">Who is seen in it.</param>
    /// <param name="lying">Who lies, by rotated passes; null when none was made.</param>
    /// <param name="holds">True when the zone holds at this time. When it does not nobody enters; whoever is inside still is.</param>
    public IReadOnlyList<Happening> Look(DateTimeOffset at, IReadOnlyList<Walk> seen, IReadOnlyList<PersonBox>? lying, bool holds)
    {
        _happened.Clear();
        // Nobody lies twice.
        var free = lying?.Where(box => Zone.Contains((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2)).ToList();
        FindAgain(seen, free ?? []);
        foreach (var occupant in _occupants.ToList()) Follow(occupant, at, free);
        Enter(at, seen, holds);
        Count();
        return _happened;
    }

    /// <summary>A named person's word about somebody who vanished or lies: false when there is none such.</summary>
    public bool Confirm(Guid entry)
    {
        if (_occupants.Find(occupant => occupant.Entry == entry && occupant.IsInNeed) is not { } occupant) return false;
        if (occupant.Walk.IsSeen) (occupant.IsVanished, occupant.IsDown, occupant.IsDownAnswered, occupant.Lying) = (false, false, true, 0);
        else _occupants.Remove(occupant);
        return true;
    }

    // Somebody who vanished, or lay, comes into view where he was, inside the zone. Whoever came from elsewhere is somebody else, who went in after him; and so is whoever stands beside him.
    private void FindAgain(IReadOnlyList<Walk> seen, List<PersonBox> lying)
    {
        foreach (var walk in seen.Where(walk => walk.IsConfirmed && Zone.Contains(walk.First.Feet.X, walk.First.Feet.Y) && !IsOccupant(walk)))
        {
            var found = _occupants.Where(occupant => !occupant.Walk.IsSeen && occupant.Walk.SeenAt < walk.Begun && !lying.Exists(box => Lies(occupant, box)))
                .Select(occupant => (Occupant: occupant, Distance: PersonBox.Apart(occupant.Place, walk.First, settings.Aspect)))
                .Where(pair => pair.Distance <= settings.SamePersonWithin).OrderBy(pair => pair.Distance).Select(pair => pair.Occupant).FirstOrDefault();
            found?.Follow(walk);
        }
    }

    private void Follow(Occupant occupant, DateTimeOffset at, List<PersonBox>? lying)
    {
        var isSeen = occupant.Walk.IsSeen;
        if (isSeen)
        {
            (occupant.Place, occupant.SeenAt, occupant.Missed, occupant.IsVanished) = (occupant.Walk.Box, at, 0, false);
            occupant.Outside = Zone.Contains(occupant.Place.Feet.X, occupant.Place.Feet.Y) ? 0 : occupant.Outside + 1;
        }

        SeeLying(occupant, at, isSeen, lying);
        if (occupant.Outside >= Zone.Inertia) Leave(occupant, at);
        else if (!isSeen && ++occupant.Missed >= settings.VanishPictures && at - occupant.SeenAt >= settings.VanishAfter) Lose(occupant, at);
        else if (Zone.LoiteringSeconds is { } most && !occupant.HasLoitered && !occupant.IsInNeed && (at - occupant.EnteredAt).TotalSeconds >= most)
        {
            occupant.HasLoitered = true;
            Tell(SightEventKind.Loitering, occupant, (at - occupant.EnteredAt).TotalSeconds);
        }
    }

    private void SeeLying(Occupant occupant, DateTimeOffset at, bool isSeen, List<PersonBox>? lying)
    {
        if (isSeen && !IsWide(occupant.Walk.Box))
        {
            (occupant.Lying, occupant.IsDownAnswered) = (0, false);
            return;
        }

        var near = lying?.FindIndex(box => Lies(occupant, box)) ?? -1;
        if (near < 0 && !isSeen)
        {
            // Where no pass was made nobody can be missed by it.
            if (lying is not null) occupant.Lying = Math.Max(0, occupant.Lying - 1);
            return;
        }

        if (near >= 0) lying!.RemoveAt(near);
        occupant.Walk.Lies = !isSeen;
        if (occupant.Lying++ == 0) occupant.LyingSince = at;
        // Somebody who is seen lying has not vanished.
        (occupant.SeenAt, occupant.Missed) = (at, 0);
        if (occupant.Lying < Zone.Inertia || occupant.IsDown || occupant.IsDownAnswered) return;
        occupant.IsDown = true;
        Tell(SightEventKind.Down, occupant, (at - occupant.LyingSince).TotalSeconds);
    }

    // He was last seen beside the zone, or as he went out of the picture where the zone does not reach: he left. Otherwise he must still be inside.
    private void Lose(Occupant occupant, DateTimeOffset at)
    {
        if (occupant.IsInNeed) return;
        if (occupant.Outside > 0 || WentOutOfPicture(occupant.Place))
        {
            Leave(occupant, at);
            return;
        }

        occupant.IsVanished = true;
        Tell(SightEventKind.Vanished, occupant, (at - occupant.SeenAt).TotalSeconds);
    }

    private void Leave(Occupant occupant, DateTimeOffset at)
    {
        _occupants.Remove(occupant);
        Tell(SightEventKind.Left, occupant, (at - occupant.EnteredAt).TotalSeconds);
    }

    private void Enter(DateTimeOffset at, IReadOnlyList<Walk> seen, bool holds)
    {
        foreach (var gone in _inside.Keys.Where(walk => !holds || at - walk.SeenAt > settings.VanishAfter || IsOccupant(walk)).ToList()) _inside.Remove(gone);
        if (!holds) return;
        foreach (var walk in seen.Where(walk => !IsOccupant(walk)))
        {
            var isInside = Zone.Contains(walk.Box.Feet.X, walk.Box.Feet.Y) && walk.Box.Height >= Zone.LeastHeight;
            var pictures = _inside[walk] = isInside ? _inside.GetValueOrDefault(walk) + 1 : 0;
            if (pictures < Zone.Inertia || !walk.IsConfirmed) continue;
            var rushesIn = _occupants.Exists(occupant => occupant.IsInNeed);
            var entered = new Occupant(Guid.CreateVersion7(at), walk, at);
            _inside.Remove(walk);
            _occupants.Add(entered);
            Tell(SightEventKind.Entered, entered);
            if (rushesIn) Tell(SightEventKind.RushedIn, entered);
        }
    }

    private void Count()
    {
        var isCrowded = Zone.MostPersons is { } most && _occupants.Count > most;
        if (isCrowded == _isCrowded) return;
        _isCrowded = isCrowded;
        Tell(isCrowded ? SightEventKind.Crowd : SightEventKind.CrowdOver, null);
    }

    private bool IsOccupant(Walk walk) => _occupants.Exists(occupant => occupant.Walk == walk);

    private void Tell(SightEventKind kind, Occupant? occupant, double? seconds = null) => _happened.Add(new Happening(kind, occupant, _occupants.Count, seconds));

    // Whoever is cut by the picture's edge looks wider than he is.
    private bool IsWide(in PersonBox box) =>
        box.Width * settings.Aspect > settings.LyingWidth * box.Height && box.Left > settings.Edge && box.Top > settings.Edge && box.Right < 1 - settings.Edge && box.Bottom < 1 - settings.Edge;

    private bool WentOutOfPicture(in PersonBox box) =>
        (box.Left <= settings.Edge && !Zone.Contains(settings.Edge / 2, box.Feet.Y)) ||
        (box.Right >= 1 - settings.Edge && !Zone.Contains(1 - (settings.Edge / 2), box.Feet.Y)) ||
        (box.Bottom >= 1 - settings.Edge && !Zone.Contains(box.Feet.X, 1 - (settings.Edge / 2)));

    private bool Lies(Occupant occupant, PersonBox box) => Reach(occupant.Place, box) <= settings.LyingWithin;

    // From where somebody stood to the nearest part of a lying one, in heights of whoever is the larger.
    private float Reach(in PersonBox place, in PersonBox lying)
    {
        var (x, y) = place.Feet;
        var (across, down) = ((x - Math.Clamp(x, lying.Left, lying.Right)) * settings.Aspect, y - Math.Clamp(y, lying.Top, lying.Bottom));
        return MathF.Sqrt((across * across) + (down * down)) / Math.Max(0.01f, Math.Max(place.Height, lying.Width * settings.Aspect));
    }
}
