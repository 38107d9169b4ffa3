using Anlan.Cameras.Sight.Tracking;

namespace Anlan.Cameras.Sight.Zones;

/// <summary>Somebody in a zone, from the entry until a seen exit or a named person's word.</summary>
internal sealed class Occupant(Guid entry, Walk walk, DateTimeOffset at)
{
    /// <summary>Id of the event with which it began.</summary>
    public Guid Entry => entry;

    /// <summary>When it began.</summary>
    public DateTimeOffset EnteredAt => at;

    /// <summary>His way, as far as he is seen.</summary>
    public Walk Walk { get; private set; } = walk;

    /// <summary>Where he was last, standing or lying.</summary>
    public PersonBox Place { get; set; } = walk.Box;

    /// <summary>When he was last seen, standing or lying.</summary>
    public DateTimeOffset SeenAt { get; set; } = walk.SeenAt;

    /// <summary>In how many pictures one after the other he was seen beside the zone.</summary>
    public int Outside { get; set; }

    /// <summary>In how many pictures one after the other nobody saw him.</summary>
    public int Missed { get; set; }

    /// <summary>In how many pictures he was seen lying, less those in which nobody saw him.</summary>
    public int Lying { get; set; }

    /// <summary>When he was first seen lying.</summary>
    public DateTimeOffset LyingSince { get; set; }

    /// <summary>He was inside and is not to be seen any more.</summary>
    public bool IsVanished { get; set; }

    /// <summary>He lies, until somebody says otherwise.</summary>
    public bool IsDown { get; set; }

    /// <summary>Somebody said that he does not lie: it is not told again until he was seen upright.</summary>
    public bool IsDownAnswered { get; set; }

    /// <summary>That he stays for too long was told.</summary>
    public bool HasLoitered { get; set; }

    /// <summary>True when he cannot help himself, as far as anybody knows.</summary>
    public bool IsInNeed => IsVanished || IsDown;

    /// <summary>He goes on under another number.</summary>
    public void Follow(Walk other) => Walk = other;
}
