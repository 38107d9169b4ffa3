using System.Runtime.Intrinsics;
using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Cameras.Worker.Seeing;

/// <summary>A picture at a glance: the brightness of 128 x 72 cells of 8 x 8 pixels, exact to the last bit. What judges sight and motion looks at this only.</summary>
internal sealed class Grid
{
    public const int Columns = Picture.Width / Cell;
    public const int Rows = Picture.Height / Cell;
    public const int Cells = Columns * Rows;
    public const int Pixels = Cell * Cell;

    private const int Cell = 8;
    private readonly ushort[] _sums = new ushort[Cells];

    /// <summary>Sum of the brightness of each cell's 64 pixels, row by row.</summary>
    public ReadOnlySpan<ushort> Sums => _sums;

    /// <summary>Mean difference of neighbouring pixels: what is left of it on one bare surface is the sensor's noise.</summary>
    public float Grain { get; private set; }

    /// <summary>Takes the place of what it was.</summary>
    public void Fill(Picture picture)
    {
        Span<ushort> columns = stackalloc ushort[Picture.Width];
        var luma = picture.Luma;
        for (var row = 0; row < Rows; row++)
        {
            columns.Clear();
            for (var y = row * Cell; y < (row + 1) * Cell; y++) Add(luma.Slice(y * Picture.Width, Picture.Width), columns);
            for (var column = 0; column < Columns; column++)
            {
                var sum = 0;
                foreach (var value in columns.Slice(column * Cell, Cell)) sum += value;
                _sums[(row * Columns) + column] = (ushort)sum;
            }
        }

        Grain = Differences(luma);
    }

    private static void Add(ReadOnlySpan<byte> row, Span<ushort> columns)
    {
        for (var x = 0; x < row.Length; x += 16)
        {
            var (lower, upper) = Vector128.Widen(Vector128.Create(row.Slice(x, 16)));
            (Vector128.Create<ushort>(columns.Slice(x, 8)) + lower).CopyTo(columns.Slice(x, 8));
            (Vector128.Create<ushort>(columns.Slice(x + 8, 8)) + upper).CopyTo(columns.Slice(x + 8, 8));
        }
    }

    // Every sixteenth row is enough.
    private static float Differences(ReadOnlySpan<byte> luma)
    {
        var (sum, count) = (0L, 0);
        for (var y = 4; y < Picture.Height; y += 16)
        {
            var row = luma.Slice(y * Picture.Width, Picture.Width);
            for (var x = 1; x < row.Length; x += 2, count++) sum += Math.Abs(row[x] - row[x - 1]);
        }

        return (float)sum / count;
    }
}
