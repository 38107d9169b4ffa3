using Anlan.Toolkit.Files;

namespace Anlan.Tests.Platform.Toolkit.Files;

/// <summary>Contents that begin as their kinds do; what follows is noise.</summary>
internal static class SomeFiles
{
    public static readonly FileTerms Pictures = new(1_000_000, IsSealed: false, MediaType.Jpeg, MediaType.Png);

    /// <summary>A picture of so many bytes.</summary>
    public static byte[] Png(int length = 200_000, int dice = 1) => Of([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], length, dice);

    public static byte[] Jpeg(int length = 5_000, int dice = 1) => Of([0xFF, 0xD8, 0xFF, 0xE0], length, dice);

    public static byte[] Pdf(int length = 5_000) => Of("%PDF-1.7\n"u8, length, 1);

    /// <summary>All files below a folder, by their path from there.</summary>
    public static string[] Below(string folder) => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)] : [];

    private static byte[] Of(ReadOnlySpan<byte> begin, int length, int dice)
    {
        var bytes = new byte[length];
        new Random(dice).NextBytes(bytes);
        begin.CopyTo(bytes);
        return bytes;
    }
}
