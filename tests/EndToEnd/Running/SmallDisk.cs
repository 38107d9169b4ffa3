using System.Diagnostics;
using System.Globalization;

namespace Anlan.EndToEnd.Running;

/// <summary>
/// A file system of its own with little room: memory, mounted in a mount namespace that ends with the process which holds it, so that nothing stays behind. Programs enter it by way of
/// <see cref="Into"/>; the test itself looks in from outside. Works as root, and for others where the kernel lets users make namespaces.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly Process _holder;
    private readonly string _outside;

    private SmallDisk(Process holder, DirectoryInfo folder)
    {
        _holder = holder;
        Folder = folder;
        var pid = holder.Id.ToString(CultureInfo.InvariantCulture);
        _outside = $"/proc/{pid}/root{folder.FullName}";
        Into = Environment.IsPrivilegedProcess ? ["nsenter", "--target", pid, "--mount"] : ["nsenter", "--target", pid, "--user", "--preserve-credentials", "--mount"];
    }

    /// <summary>Where it lies for programs that run in it.</summary>
    public DirectoryInfo Folder { get; }

    /// <summary>Words before a program that is to run in it.</summary>
    public IReadOnlyList<string> Into { get; }

    private string Filler => Path.Combine(_outside, "filler");

    /// <summary>Makes one; when this system does not let us, the test is left out and says why.</summary>
    public static async Task<SmallDisk> MakeAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("anlan-small-disk-");
        var start = new ProcessStartInfo("unshare") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (!Environment.IsPrivilegedProcess) start.ArgumentList.Add("--map-root-user");
        // Ends when the test closes its input, whatever became of the test.
        foreach (var word in (string[])["--mount", "sh", "-c", $"mount -t tmpfs -o size={megabytes}m tmpfs '{folder.FullName}' && echo mounted && cat"]) start.ArgumentList.Add(word);
        var holder = Process.Start(start)!;
        if (await holder.StandardOutput.ReadLineAsync() == "mounted") return new SmallDisk(holder, folder);
        var why = await holder.StandardError.ReadToEndAsync();
        holder.Dispose();
        folder.Delete();
        Assert.Skip($"This needs a file system of its own: run it as root, or let users make namespaces (sysctl kernel.unprivileged_userns_clone=1). The system said: {why.Trim()}");
        throw new UnreachableException();
    }

    /// <summary>Copies the files of a folder onto it.</summary>
    public void Take(DirectoryInfo from)
    {
        foreach (var folder in from.EnumerateDirectories("*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(_outside, Path.GetRelativePath(from.FullName, folder.FullName)));
        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories)) file.CopyTo(Path.Combine(_outside, Path.GetRelativePath(from.FullName, file.FullName)));
    }

    /// <summary>Copies the files that lie in it at the top into a folder.</summary>
    public void GiveTo(DirectoryInfo folder)
    {
        foreach (var file in new DirectoryInfo(_outside).EnumerateFiles()) file.CopyTo(Path.Combine(folder.FullName, file.Name));
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        // Ever smaller pieces, until not a page is left.
        for (var piece = new byte[1 << 20]; piece.Length >= 4096; piece = new byte[piece.Length / 2])
        {
            try
            {
                while (true) filler.Write(piece);
            }
            catch (IOException)
            {
                // No room for a piece of this size.
            }
        }
    }

    /// <summary>Gives the room back.</summary>
    public void MakeRoom() => File.Delete(Filler);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
        Folder.Refresh();
        if (Folder.Exists) Folder.Delete(recursive: true);
    }
}
