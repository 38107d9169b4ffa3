using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Sight.Zones;

/// <summary>Whether an attendant stands at a post while somebody is inside. Of several posts, one with somebody is enough.</summary>
internal sealed class PostWatch
{
    private Zone? _told;
    private DateTimeOffset? _since;
    private int _empty;
    private int _manned;

    /// <summary>Takes one picture; what is to be told, and of which post.</summary>
    /// <param name="at">When it was taken.</param>
    /// <param name="posts">The posts that hold now.</param>
    /// <param name="isOccupied">True while somebody is in a zone.</param>
    /// <param name="isManned">True when this picture shows somebody at a post.</param>
    public (SightEventKind Kind, Zone Post, double Seconds)? Look(DateTimeOffset at, IReadOnlyList<Zone> posts, bool isOccupied, bool isManned)
    {
        if (!isOccupied || posts.Count == 0) return End(at);
        (_manned, _empty) = isManned ? (_manned + 1, 0) : (0, _empty + 1);
        _since ??= at;
        if (_told is { } told)
        {
            if (_manned < told.Inertia) return null;
            var manned = End(at);
            _since = at;
            return manned;
        }

        if (isManned) _since = at;
        var seconds = (at - _since.Value).TotalSeconds;
        if (_empty < posts[0].Inertia || seconds < posts[0].PostGraceSeconds) return null;
        _told = posts[0];
        return (SightEventKind.PostEmpty, posts[0], seconds);
    }

    private (SightEventKind Kind, Zone Post, double Seconds)? End(DateTimeOffset at)
    {
        (SightEventKind, Zone, double)? ended = _told is { } told ? (SightEventKind.PostManned, told, (at - _since!.Value).TotalSeconds) : null;
        (_told, _since, _empty, _manned) = (null, null, 0, 0);
        return ended;
    }
}
