using System.Text.Json;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Pipeline;
using Microsoft.Extensions.Logging;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>
/// What happened, on the disk until the server has it: one file each, whole or not there at all, also after a power cut. When it grows too large the oldest clips go first, and only then the
/// oldest events; both are said loudly.
/// </summary>
internal sealed partial class Spool : IEvidenceTray, IDisposable
{
    private const string Refusals = "refused";
    private const int MostRefused = 200;
    private readonly string _folder;
    private readonly long _mostBytes;
    private readonly ILogger _log;
    private readonly Lock _turn = new();
    private readonly SortedDictionary<string, long> _files = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _news = new(0);
    private long _number;
    private long _bytes;

    public Spool(string folder, long mostBytes, ILogger log)
    {
        (_folder, _mostBytes, _log) = (folder, mostBytes, log);
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Path.Combine(folder, Refusals));
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if (SpoolName.Read(file.Name) is not { } name)
            {
                // A draft of which nobody knows whether it is whole: its event was never told to anybody.
                if (file.Extension == ".new") file.Delete();
                continue;
            }

            _files.Add(file.Name, file.Length);
            (_number, _bytes) = (Math.Max(_number, name.Number), _bytes + file.Length);
        }
    }

    /// <summary>Files that wait.</summary>
    public int Count
    {
        get
        {
            lock (_turn) return _files.Count;
        }
    }

    /// <summary>Bytes that wait.</summary>
    public long Bytes
    {
        get
        {
            lock (_turn) return _bytes;
        }
    }

    public void Add(SightEvent happened)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(happened, WireJson.Default.SightEvent);
        Put(number => new SpoolName(number, happened.Camera, happened.Id, Began: null), content.Length, draft => File.WriteAllBytes(draft, content));
    }

    public void AddClip(Guid camera, Guid happened, DateTimeOffset began, string file, bool isBlurred) =>
        Put(number => new SpoolName(number, camera, happened, began) { IsBlurred = isBlurred }, new FileInfo(file).Length, draft => File.Move(file, draft, overwrite: true));

    /// <summary>The oldest files of one kind.</summary>
    public IReadOnlyList<SpoolName> Oldest(bool clips, int most)
    {
        lock (_turn) return [.. _files.Keys.Select(SpoolName.Read).OfType<SpoolName>().Where(name => name.IsClip == clips).Take(most)];
    }

    /// <summary>True while an event waits.</summary>
    public bool Holds(Guid happened)
    {
        lock (_turn) return _files.Keys.Select(SpoolName.Read).OfType<SpoolName>().Any(name => !name.IsClip && name.Happened == happened);
    }

    /// <summary>An event; null when its file is gone or damaged, which is said.</summary>
    public SightEvent? Read(SpoolName name)
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(name)), WireJson.Default.SightEvent) is { } happened) return happened;
        }
        catch (Exception broken) when (broken is IOException or JsonException)
        {
            LogDamaged(_log, broken, name.Happened);
        }

        Refuse(name, "damaged");
        return null;
    }

    /// <summary>Opens a clip; null when its file is gone.</summary>
    public FileStream? Open(SpoolName name)
    {
        try
        {
            return new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The server has it.</summary>
    public void Done(SpoolName name)
    {
        lock (_turn)
        {
            Forget(name.ToString());
            File.Delete(PathOf(name));
        }
    }

    /// <summary>The server will never take it: put aside, so that somebody can look.</summary>
    public void Refuse(SpoolName name, string reason)
    {
        LogRefused(_log, name.IsClip ? "clip" : "event", name.Happened, name.Camera, Plain(reason));
        lock (_turn)
        {
            Forget(name.ToString());
            var aside = Path.Combine(_folder, Refusals);
            if (File.Exists(PathOf(name))) File.Move(PathOf(name), Path.Combine(aside, name.ToString()), overwrite: true);
            foreach (var old in Directory.GetFiles(aside).Order(StringComparer.Ordinal).SkipLast(MostRefused)) File.Delete(old);
        }
    }

    /// <summary>Waits until something new is there, or for a while.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken stop)
    {
        await _news.WaitAsync(most, stop);
        while (_news.Wait(0, CancellationToken.None)) continue;
    }

    public void Dispose() => _news.Dispose();

    private void Put(Func<long, SpoolName> name, long bytes, Action<string> write)
    {
        lock (_turn)
        {
            MakeRoom(bytes);
            var file = name(_number + 1).ToString();
            var (path, draft) = (Path.Combine(_folder, file), Path.Combine(_folder, file + ".new"));
            write(draft);
            using (var written = new FileStream(draft, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
            File.Move(draft, path);
            FolderSync.Flush(_folder);
            _number++;
            _files.Add(file, bytes);
            _bytes += bytes;
        }

        _news.Release();
    }

    private void MakeRoom(long bytes)
    {
        while (_bytes + bytes > _mostBytes && _files.Count > 0)
        {
            var names = _files.Keys.Select(SpoolName.Read).OfType<SpoolName>().ToList();
            var victim = names.Find(name => name.IsClip) ?? names[0];
            LogFull(_log, _mostBytes / 1_000_000, victim.IsClip ? "clip" : "event", victim.Happened, victim.Camera);
            Forget(victim.ToString());
            File.Delete(PathOf(victim));
        }
    }

    private void Forget(string file)
    {
        if (_files.Remove(file, out var bytes)) _bytes -= bytes;
    }

    private string PathOf(SpoolName name) => Path.Combine(_folder, name.ToString());

    private static string Plain(string reason) => new([.. reason.Where(character => !char.IsControl(character)).Take(200)]);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The spool is full ({Megabytes} MB): the oldest {What} (event {Happened}, camera {Camera}) is deleted undelivered. Bring the line to the server back, or give the spool more room")]
    private static partial void LogFull(ILogger logger, long megabytes, string what, Guid happened, Guid camera);

    [LoggerMessage(Level = LogLevel.Error, Message = "The server refused the {What} of event {Happened}, camera {Camera}: {Reason}. It lies in the folder 'refused'")]
    private static partial void LogRefused(ILogger logger, string what, Guid happened, Guid camera, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The file of event {Happened} is damaged")]
    private static partial void LogDamaged(ILogger logger, Exception exception, Guid happened);
}
