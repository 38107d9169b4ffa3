using Anlan.Cameras.Sight.Tracking;

namespace Anlan.Cameras.Sight.Zones;

/// <summary>Everybody's ways through the pictures.</summary>
internal sealed class Walks(ZoneWatchSettings settings)
{
    private readonly List<Walk> _all = [];

    /// <summary>Who is seen in the picture that was taken last.</summary>
    public IEnumerable<Walk> Seen => _all.Where(walk => walk.IsSeen);

    /// <summary>Takes one picture.</summary>
    /// <param name="at">When it was taken.</param>
    /// <param name="people">Who is followed.</param>
    /// <param name="isMasked">True for whoever is no person, whatever the model says.</param>
    public void Take(DateTimeOffset at, IReadOnlyList<Followed> people, Func<Followed, bool> isMasked)
    {
        _all.ForEach(walk => walk.Miss());
        foreach (var person in people.Where(person => person.IsSeen && !isMasked(person)))
        {
            if (_all.Find(walk => walk.Number == person.Number) is { } known) known.See(person, at);
            else _all.Add(new Walk(person, at));
        }

        // The tracker may still find him whom it has not given up.
        _all.RemoveAll(walk => at - walk.SeenAt > settings.VanishAfter && !people.Any(person => person.Number == walk.Number));
        foreach (var walk in Seen.Where(walk => walk.IsConfirmed).ToList())
        {
            if (Broken(walk) is not { } broken) continue;
            broken.Continue(walk);
            _all.Remove(walk);
        }
    }

    // Whose way ended a moment before this one began, and close by: the tracker lost him and found him again. Only of a confirmed person, so that no flicker takes over somebody's way.
    private Walk? Broken(Walk walk) => _all
        .Where(other => !other.IsSeen && !other.Lies && other.IsConfirmed && other.SeenAt < walk.Begun && walk.Begun - other.SeenAt <= settings.VanishAfter)
        .Select(other => (Walk: other, Distance: PersonBox.Apart(other.Box, walk.First, settings.Aspect)))
        .Where(pair => pair.Distance <= settings.SamePersonWithin).OrderBy(pair => pair.Distance).Select(pair => pair.Walk).FirstOrDefault();
}
