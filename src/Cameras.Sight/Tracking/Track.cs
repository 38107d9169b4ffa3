namespace Anlan.Cameras.Sight.Tracking;

/// <summary>One person from picture to picture.</summary>
public sealed class Track(int number, PersonBox box)
{
    private const float Smoothing = 0.4f;
    private const float Slowing = 0.8f;
    private float _speedX;
    private float _speedY;

    /// <summary>Counted for each camera since its worker began.</summary>
    public int Number => number;

    /// <summary>Where the person was seen last, or is thought to be.</summary>
    public PersonBox Box { get; private set; } = box;

    /// <summary>In how many pictures the person was seen.</summary>
    public int Seen { get; private set; } = 1;

    /// <summary>For how many pictures the person has not been seen.</summary>
    public int Lost { get; private set; }

    /// <summary>The surest sighting.</summary>
    public float Best { get; private set; } = box.Score;

    /// <summary>Where the person is expected now.</summary>
    public PersonBox Expected => Box with { Left = Box.Left + _speedX, Right = Box.Right + _speedX, Top = Box.Top + _speedY, Bottom = Box.Bottom + _speedY };

    /// <summary>Seen again.</summary>
    public void See(PersonBox seen)
    {
        var pictures = Lost + 1;
        _speedX += Smoothing * (((seen.Left + seen.Right - Box.Left - Box.Right) / 2 / pictures) - _speedX);
        _speedY += Smoothing * (((seen.Top + seen.Bottom - Box.Top - Box.Bottom) / 2 / pictures) - _speedY);
        (Box, Lost, Best) = (seen, 0, Math.Max(Best, seen.Score));
        Seen++;
    }

    /// <summary>Not seen in this picture.</summary>
    public void Miss()
    {
        Box = Expected;
        (_speedX, _speedY) = (_speedX * Slowing, _speedY * Slowing);
        Lost++;
    }
}
