namespace Anlan.Cameras.Sight.Zones;

/// <summary>How strictly zones are watched; distances are heights of the person.</summary>
public sealed record ZoneWatchSettings
{
    /// <summary>Width of the camera's picture over its height, as people see it.</summary>
    public float Aspect { get; init; } = 16f / 9;

    /// <summary>Somebody in a zone who is not seen for so long has vanished.</summary>
    public TimeSpan VanishAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Pictures without him that there have to be besides: a camera that sent none says nothing about anybody.</summary>
    public int VanishPictures { get; init; } = 2;

    /// <summary>Whoever appears no further away than this from where somebody was seen last is the same person.</summary>
    public float SamePersonWithin { get; init; } = 0.8f;

    /// <summary>Whoever lies no further away than this from where somebody stood last is that person.</summary>
    public float LyingWithin { get; init; } = 0.8f;

    /// <summary>How far around whoever is in a zone rotated passes look.</summary>
    public float LyingReach { get; init; } = 1.5f;

    /// <summary>An upright sighting that is wider than so many of its heights is of somebody who lies.</summary>
    public float LyingWidth { get; init; } = 1.3f;

    /// <summary>A box that comes so near to the picture's edge is cut by it, in parts of the picture.</summary>
    public float Edge { get; init; } = 0.01f;
}
