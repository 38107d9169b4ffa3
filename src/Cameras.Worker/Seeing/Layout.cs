namespace Anlan.Cameras.Worker.Seeing;

/// <summary>
/// Where edges run in a picture, and in which direction: what stays the same while light and people change, and changes when the camera is turned. Directions count, not which side is the
/// brighter one, because infra-red light at night turns that around.
/// </summary>
internal sealed class Layout
{
    private const int Coarse = 2;
    private const int Columns = Grid.Columns / Coarse;
    private const int Rows = Grid.Rows / Coarse;

    /// <summary>Numbers of a layout: two for each place.</summary>
    public const int Length = (Columns - 2) * (Rows - 2) * 2;

    // From this difference of brightness on an edge counts fully.
    private const float Clear = 12;
    private readonly float[] _means = new float[Columns * Rows];

    /// <summary>Two numbers for each place: twice the angle of its edge, as long as the edge is clear.</summary>
    public float[] Edges { get; } = new float[Length];

    /// <summary>Takes the place of what it was.</summary>
    public void Fill(Grid grid)
    {
        var sums = grid.Sums;
        for (var y = 0; y < Rows; y++)
        {
            for (var x = 0; x < Columns; x++)
            {
                var at = (y * Coarse * Grid.Columns) + (x * Coarse);
                _means[(y * Columns) + x] = (sums[at] + sums[at + 1] + sums[at + Grid.Columns] + sums[at + Grid.Columns + 1]) / (4f * Grid.Pixels);
            }
        }

        var to = 0;
        for (var y = 1; y < Rows - 1; y++)
        {
            for (var x = 1; x < Columns - 1; x++)
            {
                var at = (y * Columns) + x;
                var (across, down) = (_means[at + 1] - _means[at - 1], _means[at + Columns] - _means[at - Columns]);
                var square = (across * across) + (down * down);
                var weight = square <= 1 ? 0 : Math.Min(1, MathF.Sqrt(square) / Clear) / square;
                Edges[to++] = ((across * across) - (down * down)) * weight;
                Edges[to++] = 2 * across * down * weight;
            }
        }
    }

    /// <summary>How alike two layouts are: 1 = the same, 0 = nothing to do with each other. Null when one of them shows too little to say.</summary>
    public static float? Likeness(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var (product, first, second) = (0f, 0f, 0f);
        for (var i = 0; i < one.Length; i++)
        {
            product += one[i] * other[i];
            first += one[i] * one[i];
            second += other[i] * other[i];
        }

        const float Least = Length * 0.002f;
        return first < Least || second < Least ? null : product / MathF.Sqrt(first * second);
    }
}
