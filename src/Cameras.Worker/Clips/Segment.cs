namespace Anlan.Cameras.Worker.Clips;

/// <summary>A piece of a camera's video.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Begin">When it began.</param>
/// <param name="End">When it was last written to; of the newest piece, that is not its end yet.</param>
/// <param name="Bytes">Size.</param>
internal sealed record Segment(string Path, DateTimeOffset Begin, DateTimeOffset End, long Bytes)
{
    /// <summary>Gives pieces their beginnings: a piece begins where the one before it of the same run ended, the first of a run when its file was made.</summary>
    /// <param name="files">Pieces in the order of their names, with the time at which the file was made.</param>
    public static IReadOnlyList<Segment> InOrder(IReadOnlyList<Segment> files)
    {
        var ordered = new List<Segment>();
        foreach (var file in files)
        {
            var isNext = ordered.Count > 0 && Run(ordered[^1].Path) == Run(file.Path);
            ordered.Add(isNext ? file with { Begin = ordered[^1].End } : file);
        }

        return ordered;
    }

    /// <summary>The pieces that show what was from one time to another.</summary>
    public static IReadOnlyList<Segment> Between(IReadOnlyList<Segment> ordered, DateTimeOffset from, DateTimeOffset to) => [.. ordered.Where(piece => piece.End > from && piece.Begin < to)];

    /// <summary>True when what follows a time has begun to be written, so that all before it is whole.</summary>
    public static bool AreWholeUntil(IReadOnlyList<Segment> ordered, DateTimeOffset to) => ordered.Count > 0 && ordered[^1].Begin >= to;

    private static string Run(string path) => System.IO.Path.GetFileName(path).Split('-')[0];
}
