namespace Anlan.Cameras.Worker.Clips;

/// <summary>The last minute of a camera's video, as ffmpeg writes it: pieces in a folder, the old ones deleted.</summary>
internal sealed class SegmentRing(string folder, TimeSpan keep, long mostBytes)
{
    /// <summary>Where ffmpeg writes.</summary>
    public string Folder => folder;

    /// <summary>The pieces, in order of time.</summary>
    public IReadOnlyList<Segment> Pieces()
    {
        if (!Directory.Exists(folder)) return [];
        var files = new List<Segment>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.mkv").OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (file.Length > 0) files.Add(new Segment(file.FullName, new DateTimeOffset(file.CreationTimeUtc), new DateTimeOffset(file.LastWriteTimeUtc), file.Length));
        }

        return Segment.InOrder(files);
    }

    /// <summary>Deletes what is too old, and the oldest of what is too much; never the newest, which is being written.</summary>
    public void Trim(DateTimeOffset now)
    {
        var pieces = Pieces();
        var bytes = pieces.Sum(piece => piece.Bytes);
        foreach (var piece in pieces.SkipLast(1))
        {
            if (now - piece.End <= keep && bytes <= mostBytes) return;
            File.Delete(piece.Path);
            bytes -= piece.Bytes;
        }
    }

    /// <summary>Deletes everything: the camera is another worker's now, or this worker begins.</summary>
    public void Clear()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
