namespace Anlan.Toolkit.Files;

/// <summary>A kind of content that can be kept. It is told by its first bytes, never by a file's name or by what a sender calls it.</summary>
public sealed class MediaType
{
    /// <summary>As many bytes as are needed to tell the kinds apart.</summary>
    public const int HeadLength = 8;

    private readonly byte[] _begins;
    private readonly int _at;

    private MediaType(string name, string ending, params byte[] begins) : this(name, ending, 0, begins)
    {
    }

    private MediaType(string name, string ending, int at, byte[] begins) => (Name, Ending, _at, _begins) = (name, ending, at, begins);

    /// <summary>A photo.</summary>
    public static MediaType Jpeg { get; } = new("image/jpeg", "jpg", 0xFF, 0xD8, 0xFF);

    /// <summary>A scan or a picture of a screen.</summary>
    public static MediaType Png { get; } = new("image/png", "png", 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A);

    /// <summary>A document.</summary>
    public static MediaType Pdf { get; } = new("application/pdf", "pdf", [.. "%PDF-"u8]);

    /// <summary>A clip.</summary>
    public static MediaType Mp4 { get; } = new("video/mp4", "mp4", 4, [.. "ftyp"u8]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MediaType> All { get; } = [Jpeg, Png, Pdf, Mp4];

    /// <summary>As HTTP names it.</summary>
    public string Name { get; }

    /// <summary>End of a file's name, without the dot.</summary>
    public string Ending { get; }

    /// <summary>True for what a browser shows as a picture.</summary>
    public bool IsPicture => Name.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>The kind of a content, or null when it is none of them.</summary>
    public static MediaType? Of(ReadOnlySpan<byte> head)
    {
        foreach (var type in All)
        {
            if (head.Length >= type._at && head[type._at..].StartsWith(type._begins)) return type;
        }

        return null;
    }

    /// <summary>The kind that has a name.</summary>
    public static MediaType Named(string name) => All.First(type => type.Name == name);
}
