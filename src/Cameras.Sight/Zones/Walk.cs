using Anlan.Cameras.Sight.Tracking;

namespace Anlan.Cameras.Sight.Zones;

/// <summary>A person's way through the pictures, also over a short gap after which the tracker calls him by another number.</summary>
internal sealed class Walk(Followed person, DateTimeOffset at)
{
    /// <summary>The tracker's number of him now.</summary>
    public int Number { get; private set; } = person.Number;

    /// <summary>Where he came into view.</summary>
    public PersonBox First { get; } = person.Box;

    /// <summary>When he did.</summary>
    public DateTimeOffset Begun { get; } = at;

    /// <summary>Where he was seen last.</summary>
    public PersonBox Box { get; private set; } = person.Box;

    /// <summary>When he was seen last.</summary>
    public DateTimeOffset SeenAt { get; private set; } = at;

    /// <summary>True once he was a person and no flicker.</summary>
    public bool IsConfirmed { get; private set; } = person.IsConfirmed;

    /// <summary>How sure the model was of him at best.</summary>
    public float Best { get; private set; } = person.Best;

    /// <summary>True when the picture that is looked at shows him.</summary>
    public bool IsSeen { get; private set; } = true;

    /// <summary>True since a rotated pass found him where his way ended: whoever stands there is somebody else.</summary>
    public bool Lies { get; set; }

    /// <summary>This picture shows him.</summary>
    public void See(Followed person, DateTimeOffset when)
    {
        (Number, Box, SeenAt, IsSeen, Lies) = (person.Number, person.Box, when, true, false);
        IsConfirmed |= person.IsConfirmed;
        Best = Math.Max(Best, person.Best);
    }

    /// <summary>This picture does not.</summary>
    public void Miss() => IsSeen = false;

    /// <summary>Goes on as somebody else's way went on.</summary>
    public void Continue(Walk other) => (Number, Box, SeenAt, IsSeen, IsConfirmed, Best) = (other.Number, other.Box, other.SeenAt, other.IsSeen, true, Math.Max(Best, other.Best));
}
