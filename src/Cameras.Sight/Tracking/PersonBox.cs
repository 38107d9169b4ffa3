namespace Anlan.Cameras.Sight.Tracking;

/// <summary>A person in a picture; all in parts of its width and height, from the upper left corner.</summary>
/// <param name="Left">Left edge, 0 to 1.</param>
/// <param name="Top">Upper edge, 0 to 1.</param>
/// <param name="Right">Right edge, 0 to 1.</param>
/// <param name="Bottom">Lower edge, 0 to 1.</param>
/// <param name="Score">How sure the model is, 0 to 1.</param>
public readonly record struct PersonBox(float Left, float Top, float Right, float Bottom, float Score)
{
    public float Width => Right - Left;

    public float Height => Bottom - Top;

    /// <summary>Where the person stands: the middle of the lower edge, a little above it, so that one at the picture's own edge is still in the picture.</summary>
    public (float X, float Y) Feet => ((Left + Right) / 2, Math.Min(0.999f, Bottom - (0.02f * Height)));

    /// <summary>The part that two boxes have in common, of what they cover together.</summary>
    public static float Overlap(in PersonBox one, in PersonBox other)
    {
        var (width, height) = (Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left), Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top));
        if (width <= 0 || height <= 0) return 0;
        var common = width * height;
        return common / ((one.Width * one.Height) + (other.Width * other.Height) - common);
    }

    /// <summary>How far apart two people stand, in heights of the taller one.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <param name="aspect">Width of the picture over its height.</param>
    public static float Apart(in PersonBox one, in PersonBox other, float aspect)
    {
        var (across, down) = ((one.Feet.X - other.Feet.X) * aspect, one.Feet.Y - other.Feet.Y);
        return MathF.Sqrt((across * across) + (down * down)) / Math.Max(0.01f, Math.Max(one.Height, other.Height));
    }

    /// <summary>Of boxes that overlap by more than this, only the surest.</summary>
    public static List<PersonBox> Surest(List<PersonBox> boxes, float most)
    {
        var kept = new List<PersonBox>();
        foreach (var box in boxes.OrderByDescending(box => box.Score))
        {
            if (kept.TrueForAll(other => Overlap(box, other) <= most)) kept.Add(box);
        }

        return kept;
    }

    /// <summary>Cut to the picture.</summary>
    public PersonBox Cut() => this with { Left = Math.Clamp(Left, 0, 1), Top = Math.Clamp(Top, 0, 1), Right = Math.Clamp(Right, 0, 1), Bottom = Math.Clamp(Bottom, 0, 1) };
}
