using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Anlan.Tests.Welding.Machines;

/// <summary>
/// Reads a drawn QR code of version 3 (29 x 29) with quartile correction back into text, from the standard and not with the library
/// that drew it; no correction of errors, because a drawing has none.
/// </summary>
internal static partial class QrReader
{
    private const int Size = 29;
    private const int Quiet = 4;

    /// <summary>The text in the only path of an SVG label.</summary>
    public static string Read(XElement svg)
    {
        var dark = new bool[Size + (2 * Quiet), Size + (2 * Quiet)];
        var path = svg.Descendants().Single(element => element.Name.LocalName == "path").Attribute("d")!.Value;
        foreach (Match run in Run().Matches(path))
        {
            var (x, y, length) = (Number(run, 1), Number(run, 2), Number(run, 3));
            for (var i = 0; i < length; i++) dark[y, x + i] = true;
        }

        return Decode((row, column) => dark[row + Quiet, column + Quiet]);
    }

    private static string Decode(Func<int, int, bool> dark)
    {
        // Format bits beside the upper left finder, masked with 101010000010010; the next three are the mask.
        var format = 0;
        for (var i = 0; i < 5; i++) format = (format << 1) | (dark(8, i) ? 1 : 0);
        format ^= 0b10101;
        Assert.Equal(0b11, format >> 3);
        var mask = format & 0b111;

        var bits = new List<bool>();
        var isUpwards = true;
        for (var right = Size - 1; right > 0; right -= 2)
        {
            if (right == 6) right--;
            for (var i = 0; i < Size; i++)
            {
                var row = isUpwards ? Size - 1 - i : i;
                foreach (var column in (int[])[right, right - 1])
                {
                    if (!IsFunction(row, column)) bits.Add(dark(row, column) ^ IsMasked(mask, row, column));
                }
            }

            isUpwards = !isUpwards;
        }

        var words = bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => (byte)chunk.Aggregate(0, (word, bit) => (word << 1) | (bit ? 1 : 0))).ToArray();
        // Version 3-Q: two blocks of 17 data words, interleaved.
        var data = Enumerable.Range(0, 17).Select(i => words[2 * i]).Concat(Enumerable.Range(0, 17).Select(i => words[(2 * i) + 1])).ToArray();
        return ReadBytes(data);
    }

    private static string ReadBytes(byte[] data)
    {
        var position = 0;
        int Take(int count)
        {
            var value = 0;
            for (var i = 0; i < count; i++, position++) value = (value << 1) | ((data[position / 8] >> (7 - (position % 8))) & 1);
            return value;
        }

        Assert.Equal(0b0100, Take(4));
        var bytes = new byte[Take(8)];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)Take(8);
        return Encoding.UTF8.GetString(bytes);
    }

    private static bool IsFunction(int row, int column) =>
        row == 6 || column == 6 || (row <= 8 && column <= 8) || (row <= 8 && column >= Size - 8) || (row >= Size - 8 && column <= 8) || (row is >= 20 and <= 24 && column is >= 20 and <= 24);

    private static bool IsMasked(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => ((row / 2) + (column / 3)) % 2 == 0,
        5 => (row * column % 2) + (row * column % 3) == 0,
        6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
        _ => (((row + column) % 2) + (row * column % 3)) % 2 == 0,
    };

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\d+z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Run();
}
