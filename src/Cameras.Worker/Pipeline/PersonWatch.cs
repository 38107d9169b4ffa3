using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>Finds, follows and places the people before one camera. Pictures come from the detection desk, changes of the zones from the server.</summary>
internal sealed class PersonWatch(Guid camera, ZoneSet zones, IReadOnlyList<WatchHours> hours, TimeZoneInfo city, TimeSpan lyingEvery)
{
    // Cameras of other proportions are stretched to this.
    private const float Aspect = 16f / 9;
    private readonly ZoneWatch _watch = new(camera, zones, hours, city);
    private readonly Lock _turn = new();
    private PersonTracker? _tracker;
    private float _sure;
    private DateTimeOffset _turned;
    private volatile bool _needsAll;
    private volatile IReadOnlyList<SeenPerson> _people = [];

    /// <summary>True while every picture has to be looked at: somebody is in a zone or about to be.</summary>
    public bool NeedsAll => _needsAll;

    /// <summary>Everybody in the last picture that was looked at.</summary>
    public IReadOnlyList<SeenPerson> People => _people;

    /// <summary>Looks at a picture; answers what happened, with the model's name.</summary>
    public IReadOnlyList<SightEvent> Look(Picture picture, IPersonDetector detector, DeskRoom room)
    {
        lock (_turn)
        {
            // Another model is sure at another score; who is followed stays followed only with the same one.
            var settings = TrackerSettings.From(detector.Threshold, Aspect);
            if (_tracker is null || _sure != detector.Threshold) (_tracker, _sure) = (new PersonTracker(settings), detector.Threshold);
            Yuv.ToRgb(picture, detector.Size.Width, detector.Size.Height, room.Half, room.Rgb);
            _tracker.Update(detector.Detect(room.Rgb, settings.Doubtful));
            var seen = SightPicture.Of(picture.TakenAt, _tracker, Lying(picture.TakenAt, room, detector.Threshold));
            var events = _watch.Look(seen);
            (_needsAll, _people) = (_watch.IsOccupied || _watch.IsEntering, _watch.PeopleOf(seen));
            return [.. events.Select(happened => happened with { Model = detector.Model, ModelHash = detector.Hash, Threshold = Math.Round(detector.Threshold, 4) })];
        }
    }

    /// <summary>The zones or hours changed.</summary>
    public IReadOnlyList<SightEvent> Change(ZoneSet changed, IReadOnlyList<WatchHours> changedHours, DateTimeOffset at)
    {
        lock (_turn)
        {
            var events = _watch.Change(changed, changedHours, at);
            _needsAll = _watch.IsOccupied || _watch.IsEntering;
            return events;
        }
    }

    /// <summary>Somebody named has looked after a person who vanished or lay.</summary>
    public bool Confirm(Guid entry)
    {
        lock (_turn)
        {
            var known = _watch.Confirm(entry);
            _needsAll = _watch.IsOccupied || _watch.IsEntering;
            return known;
        }
    }

    private IReadOnlyList<PersonBox>? Lying(DateTimeOffset at, DeskRoom room, float least)
    {
        if (!_watch.IsOccupied || at - _turned < lyingEvery) return null;
        _turned = at;
        return room.Lying.Detect(room.Rgb, least, _watch.LyingArea);
    }
}
