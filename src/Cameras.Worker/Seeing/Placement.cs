namespace Anlan.Cameras.Worker.Seeing;

/// <summary>Knows how the layout was when the zones were drawn, and follows slow changes while the camera is in its place; how it looks after it was turned is never learned.</summary>
internal sealed class Placement(SightSettings settings)
{
    private readonly Layout _now = new();
    private readonly float[] _known = new float[Layout.Length];
    private DateTimeOffset? _learningSince;
    private DateTimeOffset _followed;
    private int _pictures;

    /// <summary>True when the layout is known.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The zones were drawn anew: where the camera looks now is where it shall look.</summary>
    public void Forget() => (IsKnown, _learningSince, _pictures) = (false, null, 0);

    /// <summary>What is known, to be kept; null while it is being learned.</summary>
    public byte[]? Write() => IsKnown ? System.Runtime.InteropServices.MemoryMarshal.AsBytes(_known.AsSpan()).ToArray() : null;

    /// <summary>Takes what was kept; false when that is something else.</summary>
    public bool Read(ReadOnlySpan<byte> kept)
    {
        if (kept.Length != Layout.Length * sizeof(float)) return false;
        var numbers = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(kept);
        foreach (var number in numbers) if (!float.IsFinite(number)) return false;
        numbers.CopyTo(_known);
        return IsKnown = true;
    }

    /// <summary>How alike a picture is to what is known, 0 to 1; null while nobody can say.</summary>
    public float? Look(Grid grid, DateTimeOffset at)
    {
        _now.Fill(grid);
        if (!IsKnown)
        {
            Learn(at);
            return null;
        }

        if (Layout.Likeness(_known, _now.Edges) is not { } likeness) return null;
        if (likeness > settings.InPlaceAbove) Follow(at);
        else _followed = at;
        return likeness;
    }

    private void Learn(DateTimeOffset at)
    {
        if (_learningSince is null) (_learningSince, _pictures) = (at, 0);
        _pictures++;
        for (var i = 0; i < _known.Length; i++) _known[i] = _pictures == 1 ? _now.Edges[i] : _known[i] + ((_now.Edges[i] - _known[i]) / _pictures);
        // A picture without edges is nothing to compare with: fog lifts.
        if (at - _learningSince < settings.LearnFor) return;
        if (Layout.Likeness(_known, _known) is null) Forget();
        else (IsKnown, _followed) = (true, at);
    }

    private void Follow(DateTimeOffset at)
    {
        var part = (float)Math.Clamp((at - _followed) / settings.FollowIn, 0, 0.1);
        _followed = at;
        for (var i = 0; i < _known.Length; i++) _known[i] += part * (_now.Edges[i] - _known[i]);
    }
}
