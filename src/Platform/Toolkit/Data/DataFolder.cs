namespace Anlan.Toolkit.Data;

/// <summary>The one folder in which an installation keeps everything: databases, keys, backups.</summary>
/// <param name="root">Its path.</param>
public sealed class DataFolder(string root)
{
    /// <summary>The folder.</summary>
    public string Root { get; } = Directory.CreateDirectory(Path.GetFullPath(root)).FullName;

    /// <summary>The folder at a path if there is one, else null; nothing is made.</summary>
    public static DataFolder? Existing(string root) => Directory.Exists(root) ? new DataFolder(root) : null;

    /// <summary>What people edit and what is projected.</summary>
    public string MainDatabase => Path.Combine(Root, "main.db");

    /// <summary>The hot log.</summary>
    public string HotDatabase => Path.Combine(Root, "hot.db");

    /// <summary>Measurements.</summary>
    public string TelemetryDatabase => Path.Combine(Root, "telemetry.db");

    /// <summary>Evidence files that are kept here, by hash; it need not exist.</summary>
    public string Files => Path.Combine(Root, "files");

    /// <summary>Keys, readable by the owner only; back them up apart from the databases.</summary>
    public string Keys => Private("keys");

    /// <summary>Rule files that the operator adds; it need not exist.</summary>
    public string Rules => Path.Combine(Root, "rules");

    /// <summary>Automatic copies made before a migration.</summary>
    public string Backups => Private("backups");

    private string Private(string name)
    {
        var path = Path.Combine(Root, name);
        if (!Directory.Exists(path))
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>Writes a secret file that only the owner may read; atomic.</summary>
    public static void WriteSecret(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
