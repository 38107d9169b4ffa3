using System.Globalization;
using System.Text;
using System.Xml.Linq;
using QRCoder;

namespace Anlan.Welding.Machines;

/// <summary>Draws a label as SVG in millimetres, so that it prints at its true size; black on white, because thermal printers know nothing else.</summary>
internal static class MachineLabel
{
    private const double Width = 60;
    private const double Height = 80;
    private const double CodeSize = 44;
    private const double Margin = 4;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Draw(string address, string title, string code, string model, string enterprise, string? hotline)
    {
        var lines = Wrap(enterprise, 3.2);
        var drawing = new XElement(Svg + "svg",
            new XAttribute("width", "60mm"), new XAttribute("height", "80mm"), new XAttribute("viewBox", "0 0 60 80"),
            new XAttribute("font-family", "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"), new XAttribute("role", "img"),
            new XElement(Svg + "title", code),
            new XElement(Svg + "rect", new XAttribute("width", Width), new XAttribute("height", Height), new XAttribute("fill", "#fff")),
            Text(title, 6.5, 4, isBold: true),
            QrCode(address),
            Text(code, 58, Fit(code, 6), isBold: true),
            Text(Clean(model), 63, Fit(model, 3.2)),
            lines.Select((line, index) => Text(line, 67.2 + (index * 4), 3.2)),
            hotline is null ? null : Text(hotline, 77.3, 3.6, isBold: true));
        return drawing.ToString(SaveOptions.DisableFormatting);
    }

    // Quartile correction: a quarter of the picture may be scratched or oily.
    private static XElement QrCode(string address)
    {
        using var qr = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.Q);
        var rows = qr.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[y][x]) continue;
                var from = x;
                while (x + 1 < rows.Count && rows[y][x + 1]) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from + 1}v1h-{x - from + 1}z");
            }
        }

        var scale = CodeSize / rows.Count;
        var place = string.Create(CultureInfo.InvariantCulture, $"translate({(Width - CodeSize) / 2} 8) scale({scale:0.######})");
        return new XElement(Svg + "path", new XAttribute("transform", place), new XAttribute("d", path.ToString()), new XAttribute("fill", "#000"), new XAttribute("shape-rendering", "crispEdges"));
    }

    private static XElement Text(string text, double y, double size, bool isBold = false) => new(Svg + "text",
        new XAttribute("x", Width / 2), new XAttribute("y", y), new XAttribute("font-size", Math.Round(size, 2)), new XAttribute("text-anchor", "middle"),
        isBold ? new XAttribute("font-weight", "700") : null, text);

    private static double Fit(string text, double size) => Math.Min(size, size * (Width - (2 * Margin)) / Math.Max(1, WidthOf(text, size)));

    /// <summary>At most two lines; what does not fit ends in an ellipsis.</summary>
    private static List<string> Wrap(string text, double size)
    {
        var lines = new List<string> { "" };
        foreach (var rune in Clean(text).EnumerateRunes())
        {
            if (WidthOf(lines[^1] + rune, size) <= Width - (2 * Margin)) lines[^1] += rune;
            else if (lines.Count < 2) lines.Add(rune.ToString());
            else return [lines[0], lines[1][..^1] + "…"];
        }

        return lines;
    }

    // Han characters are square, others take a little over half; good enough to keep text on the label.
    private static double WidthOf(string text, double size) => text.EnumerateRunes().Sum(rune => rune.Value >= 0x2E80 ? 1 : 0.6) * size;

    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune != Rune.ReplacementChar && !Rune.IsControl(rune)).Select(rune => rune.ToString()));
}
