using System.Globalization;
using Anlan.Cameras.Worker.Seeing;

namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>Keeps how a camera's view looked when its zones were drawn, over restarts of the worker. It is no picture: directions of edges only.</summary>
internal sealed class ViewShelf(string? folder, Guid camera)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private DateTimeOffset? _kept;
    private int _version = -1;

    /// <summary>Reads the view that belongs to these zones, if there is one.</summary>
    public void Read(int version, Placement placement)
    {
        if (folder is null || !File.Exists(PathOf(version))) return;
        if (placement.Read(File.ReadAllBytes(PathOf(version)))) _version = version;
    }

    /// <summary>Keeps it when it has been learned, and now and then as it follows the light.</summary>
    public void Keep(int version, Placement placement, DateTimeOffset now)
    {
        if (folder is null || (_version == version && now - _kept < Every) || placement.Write() is not { } view) return;
        try
        {
            Directory.CreateDirectory(folder);
            var draft = PathOf(version) + ".new";
            File.WriteAllBytes(draft, view);
            File.Move(draft, PathOf(version), overwrite: true);
            foreach (var old in Directory.EnumerateFiles(folder, $"{camera:N}-*.view").Where(path => path != PathOf(version))) File.Delete(old);
        }
        catch (IOException)
        {
            // It is learned again after the next start.
        }

        (_version, _kept) = (version, now);
    }

    private string PathOf(int version) => Path.Combine(folder!, string.Create(CultureInfo.InvariantCulture, $"{camera:N}-{version}.view"));
}
