using SkiaSharp;

namespace Anlan.Cameras.Worker.Clips;

/// <summary>Writes numbers and times into pictures, dot by dot: a small machine beside a camera has no fonts.</summary>
internal static class Digits
{
    private const int Wide = 5;
    private const int High = 7;
    private const string Known = "0123456789-:.#% +";
    private static readonly string[] Shapes =
    [
        "01110100011001110101110011000101110", "00100011000010000100001000010001110", "01110100010000100010001000100011111", "11111000100010000010000011000101110",
        "00010001100101010010111110001000010", "11111100001111000001000011000101110", "00110010001000011110100011000101110", "11111000010001000100010000100001000",
        "01110100011000101110100011000101110", "01110100011000101111000010001001100", "00000000000000011111000000000000000", "00000001000000000000000000010000000",
        "00000000000000000000000000110001100", "01010010101111101010111110101001010", "11000110010001000100010001001100011", "00000000000000000000000000000000000",
        "00000001000010011111001000010000000",
    ];

    /// <summary>Width of a text in pixels.</summary>
    public static int Width(string text, int size) => text.Length * (Wide + 1) * size;

    /// <summary>Height of a text in pixels.</summary>
    public static int Height(int size) => High * size;

    /// <summary>Writes; what it does not know is left blank.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="text">Digits, and <c>- : . # % +</c>.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="size">Pixels of a dot.</param>
    /// <param name="paint">Colour.</param>
    public static void Write(SKCanvas canvas, string text, float x, float y, int size, SKPaint paint)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var known = Known.IndexOf(text[i], StringComparison.Ordinal);
            if (known < 0) continue;
            for (var dot = 0; dot < Wide * High; dot++)
            {
                if (Shapes[known][dot] != '1') continue;
                var (left, top) = (x + (((i * (Wide + 1)) + (dot % Wide)) * size), y + (dot / Wide * size));
                canvas.DrawRect(left, top, size, size, paint);
            }
        }
    }
}
