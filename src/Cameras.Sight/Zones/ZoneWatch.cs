using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Sight.Zones;

/// <summary>
/// Says what happens in the zones of one camera: pictures in, events out; no clock, no file, no model. An occupant who is lost from sight is never cleared by that: only a seen exit or a named
/// person's word ends an entry.
/// </summary>
public sealed class ZoneWatch
{
    private readonly Guid _camera;
    private readonly TimeZoneInfo _city;
    private readonly ZoneWatchSettings _settings;
    private readonly Walks _walks;
    private readonly PostWatch _post = new();
    private List<WatchedZone> _watched = [];
    private ZoneSet _zones = ZoneSet.None;
    private IReadOnlyList<WatchHours> _hours = [];

    /// <param name="camera">Whose zones.</param>
    /// <param name="zones">The zones.</param>
    /// <param name="hours">When the camera is watched; empty = always.</param>
    /// <param name="city">The city's time zone.</param>
    /// <param name="settings">How strictly; null = as usual.</param>
    public ZoneWatch(Guid camera, ZoneSet zones, IReadOnlyList<WatchHours> hours, TimeZoneInfo city, ZoneWatchSettings? settings = null)
    {
        (_camera, _city, _settings) = (camera, city, settings ?? new ZoneWatchSettings());
        _walks = new Walks(_settings);
        Change(zones, hours, default);
    }

    /// <summary>True while somebody is in a zone, also one who vanished or lies: look at every picture, with rotated passes.</summary>
    public bool IsOccupied => _watched.Exists(zone => zone.Occupants.Count > 0);

    /// <summary>True while somebody is in a zone who does not count yet: look at every picture.</summary>
    public bool IsEntering => _watched.Exists(zone => zone.IsEntering);

    /// <summary>Where to look for people who lie: around everybody who is in a zone; null while nobody is.</summary>
    public PersonBox? LyingArea
    {
        get
        {
            PersonBox? area = null;
            foreach (var place in _watched.SelectMany(zone => zone.Occupants).Select(occupant => occupant.Place))
            {
                var (x, y) = place.Feet;
                var reach = Math.Max(place.Height, place.Width * _settings.Aspect) * _settings.LyingReach;
                var near = new PersonBox(x - (reach / _settings.Aspect), y - reach, x + (reach / _settings.Aspect), y + reach, 1).Cut();
                area = area is { } all ? new PersonBox(Math.Min(all.Left, near.Left), Math.Min(all.Top, near.Top), Math.Max(all.Right, near.Right), Math.Max(all.Bottom, near.Bottom), 1) : near;
            }

            return area;
        }
    }

    /// <summary>Version of the zones that hold.</summary>
    public int ZoneVersion => _zones.Version;

    /// <summary>Takes one picture; what happened with it. Model and picture are for the caller to add.</summary>
    public IReadOnlyList<SightEvent> Look(SightPicture picture)
    {
        if (!picture.IsAnalysed) return [];
        var (at, events) = (picture.At, new List<SightEvent>());
        _walks.Take(at, picture.People, person => IsMasked(person.Box.Feet.X, person.Box.Feet.Y));
        List<Walk> seen = [.. _walks.Seen];
        var lying = picture.Lying?.Where(box => !IsMasked((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2)).ToList();
        var people = PeopleOf(picture);
        foreach (var zone in _watched) events.AddRange(zone.Look(at, seen, lying, Holds(zone.Zone, at)).Select(happening => Event(happening, zone.Zone, at, people)));
        if (LookAtPosts(at, seen) is var (kind, post, seconds)) events.Add(new SightEvent(Guid.CreateVersion7(at), _camera, kind, at, _zones.Version) { Zone = post.Number, Seconds = seconds, People = people });
        return events;
    }

    /// <summary>The zones or hours changed. Whoever is in a zone that still is stays its occupant; for those who were seen in one that is gone, the entry ends.</summary>
    /// <param name="zones">The zones from now on.</param>
    /// <param name="hours">When the camera is watched from now on; empty = always.</param>
    /// <param name="at">Now.</param>
    public IReadOnlyList<SightEvent> Change(ZoneSet zones, IReadOnlyList<WatchHours> hours, DateTimeOffset at)
    {
        var before = _watched;
        (_zones, _hours, _watched) = (zones, hours, []);
        foreach (var drawn in zones.Zones.Where(IsWatched))
        {
            var known = before.Find(zone => zone.Zone.Number == drawn.Number);
            known?.Redraw(drawn);
            _watched.Add(known ?? new WatchedZone(drawn, _settings));
        }

        // Nobody saw one leave who had vanished or lay: that is for whoever erased the zone to say.
        return [.. before.Except(_watched).SelectMany(zone => zone.Occupants.Where(occupant => !occupant.IsInNeed)
            .Select(occupant => Event(new Happening(SightEventKind.Left, occupant, 0, (at - occupant.EnteredAt).TotalSeconds), zone.Zone, at, [])))];
    }

    /// <summary>A named person has looked after somebody who vanished or lay. The entry ends; one who is plainly seen stays an occupant. False when there is no such entry.</summary>
    public bool Confirm(Guid entry) => _watched.Exists(zone => zone.Confirm(entry));

    /// <summary>Everybody who is seen in a picture, with the zone in which he stands.</summary>
    public IReadOnlyList<SeenPerson> PeopleOf(SightPicture picture) =>
        [.. picture.People.Where(person => person is { IsSeen: true, IsConfirmed: true } && !IsMasked(person.Box.Feet.X, person.Box.Feet.Y)).Select(person => new SeenPerson(
            person.Number, person.Box.Left, person.Box.Top, person.Box.Right, person.Box.Bottom, person.Box.Score, ZoneAt(person.Box.Feet.X, person.Box.Feet.Y)))];

    private static bool IsWatched(Zone zone) => zone.Kind is ZoneKind.Exclusion or ZoneKind.PermitEntry;

    private bool Holds(Zone zone, DateTimeOffset at) => WatchHours.Hold(_hours, at, _city) && WatchHours.Hold(zone.Hours, at, _city);

    private bool IsMasked(double x, double y) => _zones.Zones.Any(zone => zone.Kind == ZoneKind.Mask && zone.Contains(x, y));

    // What nobody may enter comes before the post beside it.
    private int? ZoneAt(double x, double y) => _zones.Zones.Where(zone => zone.Kind != ZoneKind.Mask && zone.Contains(x, y)).OrderBy(zone => zone.Kind).FirstOrDefault()?.Number;

    private (SightEventKind Kind, Zone Post, double Seconds)? LookAtPosts(DateTimeOffset at, List<Walk> seen)
    {
        List<Zone> posts = [.. _zones.Zones.Where(zone => zone.Kind == ZoneKind.AttendantPost && Holds(zone, at))];
        // Whoever is inside attends to nobody, however the post was drawn.
        var isManned = posts.Count > 0 && seen.Exists(walk => walk.IsConfirmed && !_watched.Exists(zone => zone.Occupants.Any(occupant => occupant.Walk == walk)) &&
            posts.Exists(post => post.Contains(walk.Box.Feet.X, walk.Box.Feet.Y) && walk.Box.Height >= post.LeastHeight));
        return _post.Look(at, posts, IsOccupied, isManned);
    }

    private SightEvent Event(Happening happening, Zone zone, DateTimeOffset at, IReadOnlyList<SeenPerson> people)
    {
        var occupant = happening.Occupant;
        var id = happening.Kind == SightEventKind.Entered ? occupant!.Entry : Guid.CreateVersion7(at);
        return new SightEvent(id, _camera, happening.Kind, at, _zones.Version)
        {
            Zone = zone.Number,
            Entry = occupant?.Entry,
            Track = occupant?.Walk.Number,
            Persons = happening.Persons,
            Seconds = happening.Seconds,
            Score = occupant?.Walk.Best,
            People = people,
        };
    }
}
