using Microsoft.Extensions.Configuration;
using SkiaSharp;

namespace Anlan.Welding.Labels;

/// <summary>
/// The font that label sheets are printed with: setting <c>Anlan:Labels:Font</c> (a file), else a Chinese font of the system. None is shipped: those with all characters of names are larger than the program.
/// </summary>
internal sealed class LabelFont(IConfiguration configuration) : IDisposable
{
    private static readonly string[] Known =
    [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    ];

    private readonly Lazy<SKTypeface?> _typeface = new(() => Find(configuration["Anlan:Labels:Font"]));

    /// <summary>The font, or null when there is none that shows Chinese.</summary>
    public SKTypeface? Typeface => _typeface.Value;

    private static SKTypeface? Find(string? configured)
    {
        foreach (var file in (string[])(configured is { Length: > 0 } ? [configured] : Known))
        {
            if (!File.Exists(file) || SKTypeface.FromFile(file) is not { } found) continue;
            using var font = new SKFont(found);
            if (font.ContainsGlyphs("\u710A")) return found;
            found.Dispose();
        }

        return null;
    }

    public void Dispose()
    {
        if (_typeface.IsValueCreated) _typeface.Value?.Dispose();
    }
}
