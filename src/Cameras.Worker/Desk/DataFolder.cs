using System.Globalization;
using System.Security.Cryptography;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>The folder of one worker: two that deliver the same files would tell everything twice.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _folder;

    private DataFolder(string folder, FileStream taken) => (_folder, _lock) = (folder, taken);

    /// <summary>Takes the folder.</summary>
    /// <exception cref="InvalidDataException">Another worker has it.</exception>
    public static DataFolder Take(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new DataFolder(folder, new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (File.Exists(Path.Combine(folder, "lock")))
        {
            throw new InvalidDataException($"Another worker has the folder {folder}: name one of its own with --data.", taken);
        }
    }

    /// <summary>A name that stays with the folder, so that a worker that begins anew has its cameras back at once.</summary>
    public string WorkerName()
    {
        var file = Path.Combine(_folder, "name");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } known) return known;
        var machine = Environment.MachineName;
        var name = string.Create(CultureInfo.InvariantCulture, $"{machine[..Math.Min(machine.Length, 60)]}/{RandomNumberGenerator.GetInt32(1000, 10_000)}");
        File.WriteAllText(file, name);
        return name;
    }

    public void Dispose() => _lock.Dispose();
}
