using Anlan.Welding.Machines;
using SkiaSharp;

namespace Anlan.Welding.Labels;

/// <summary>Draws labels on sheets of A4, nine to a sheet at their true size, with lines to cut along.</summary>
internal static class LabelSheet
{
    private const double PaperWidth = 210;
    private const double PaperHeight = 297;
    private const int Columns = 3;
    private const int OfSheet = 9;
    private const double Left = (PaperWidth - (Columns * MachineLabel.Width)) / 2;
    private const double Top = (PaperHeight - (OfSheet / Columns * MachineLabel.Height)) / 2;
    private const float PointsOfMillimetre = 72f / 25.4f;

    /// <summary>The sheets as PDF.</summary>
    public static byte[] Draw(IReadOnlyList<MachineLabel> labels, SKTypeface typeface)
    {
        using var file = new MemoryStream();
        using (var document = SKDocument.CreatePdf(file))
        {
            foreach (var sheet in labels.Chunk(OfSheet))
            {
                using var canvas = document.BeginPage((float)PaperWidth * PointsOfMillimetre, (float)PaperHeight * PointsOfMillimetre);
                canvas.Scale(PointsOfMillimetre);
                for (var i = 0; i < sheet.Length; i++)
                {
                    canvas.Save();
                    canvas.Translate((float)(Left + (i % Columns * MachineLabel.Width)), (float)(Top + (i / Columns * MachineLabel.Height)));
                    Draw(canvas, sheet[i], typeface);
                    canvas.Restore();
                }

                document.EndPage();
            }

            document.Close();
        }

        return file.ToArray();
    }

    private static void Draw(SKCanvas canvas, MachineLabel label, SKTypeface typeface)
    {
        using var cut = new SKPaint { Color = SKColors.Gray, Style = SKPaintStyle.Stroke, StrokeWidth = 0.1f };
        canvas.DrawRect(0, 0, (float)MachineLabel.Width, (float)MachineLabel.Height, cut);
        using var ink = new SKPaint { Color = SKColors.Black };
        var module = (float)(MachineLabel.CodeSize / label.Modules);
        foreach (var bar in label.Bars) canvas.DrawRect((float)MachineLabel.CodeLeft + (bar.X * module), (float)MachineLabel.CodeTop + (bar.Y * module), bar.Length * module, module, ink);
        foreach (var text in label.Texts)
        {
            using var font = new SKFont(typeface, (float)text.Size);
            canvas.DrawText(text.Words, (float)MachineLabel.Width / 2, (float)text.Y, SKTextAlign.Center, font, ink);
        }
    }
}
