using System.Globalization;
using System.Text;
using System.Xml.Linq;
using QRCoder;

namespace Anlan.Welding.Machines;

/// <summary>A line of a label, in the middle of its width.</summary>
/// <param name="Words">The text.</param>
/// <param name="Y">Its base line, in millimetres from the top.</param>
/// <param name="Size">Height of its letters in millimetres.</param>
/// <param name="IsBold">Heavier than others.</param>
internal sealed record LabelText(string Words, double Y, double Size, bool IsBold);

/// <summary>Dark modules of a QR code side by side, counted from the upper left corner of its quiet zone.</summary>
internal readonly record struct LabelBar(int X, int Y, int Length);

/// <summary>A label in millimetres, ready to be drawn on a page or a sheet; black on white, because thermal printers know nothing else.</summary>
/// <param name="Code">Code of the machine.</param>
/// <param name="Texts">The lines.</param>
/// <param name="Bars">The QR code.</param>
/// <param name="Modules">Width of the QR code with its quiet zone, in modules.</param>
internal sealed record MachineLabel(string Code, IReadOnlyList<LabelText> Texts, IReadOnlyList<LabelBar> Bars, int Modules)
{
    public const double Width = 60;
    public const double Height = 80;
    public const double CodeSize = 44;
    public const double CodeTop = 8;
    public const double CodeLeft = (Width - CodeSize) / 2;
    private const double Margin = 4;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <param name="address">What the QR code says.</param>
    /// <param name="title">What to do.</param>
    /// <param name="code">Code of the machine.</param>
    /// <param name="model">Model.</param>
    /// <param name="enterprise">For whom it is used; at most two lines of it are shown.</param>
    /// <param name="hotline">Whom to call, or null.</param>
    public static MachineLabel Of(string address, string title, string code, string model, string enterprise, string? hotline)
    {
        // Quartile correction: a quarter of the picture may be scratched or oily.
        using var qr = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.Q);
        List<LabelText> texts = [new(title, 6.5, 4, true), new(code, 58, Fit(code, 6), true), new(Clean(model), 63, Fit(model, 3.2), false)];
        texts.AddRange(Wrap(enterprise, 3.2).Select((line, index) => new LabelText(line, 67.2 + (index * 4), 3.2, false)));
        if (hotline is not null) texts.Add(new(hotline, 77.3, 3.6, true));
        return new MachineLabel(code, texts, [.. DarkOf(qr)], qr.ModuleMatrix.Count);
    }

    /// <summary>As SVG in millimetres, so that it prints at its true size.</summary>
    public string ToSvg()
    {
        var path = new StringBuilder();
        foreach (var bar in Bars) path.Append(CultureInfo.InvariantCulture, $"M{bar.X} {bar.Y}h{bar.Length}v1h-{bar.Length}z");
        var place = string.Create(CultureInfo.InvariantCulture, $"translate({CodeLeft} {CodeTop}) scale({CodeSize / Modules:0.######})");
        var drawing = new XElement(Svg + "svg",
            new XAttribute("width", "60mm"), new XAttribute("height", "80mm"), new XAttribute("viewBox", "0 0 60 80"),
            new XAttribute("font-family", "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"), new XAttribute("role", "img"),
            new XElement(Svg + "title", Code),
            new XElement(Svg + "rect", new XAttribute("width", Width), new XAttribute("height", Height), new XAttribute("fill", "#fff")),
            new XElement(Svg + "path", new XAttribute("transform", place), new XAttribute("d", path.ToString()), new XAttribute("fill", "#000"), new XAttribute("shape-rendering", "crispEdges")),
            Texts.Select(Text));
        return drawing.ToString(SaveOptions.DisableFormatting);
    }

    private static IEnumerable<LabelBar> DarkOf(QRCodeData qr)
    {
        var rows = qr.ModuleMatrix;
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[y][x]) continue;
                var from = x;
                while (x + 1 < rows.Count && rows[y][x + 1]) x++;
                yield return new LabelBar(from, y, x - from + 1);
            }
        }
    }

    private static XElement Text(LabelText text) => new(Svg + "text",
        new XAttribute("x", Width / 2), new XAttribute("y", text.Y), new XAttribute("font-size", Math.Round(text.Size, 2)), new XAttribute("text-anchor", "middle"),
        text.IsBold ? new XAttribute("font-weight", "700") : null, text.Words);

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
