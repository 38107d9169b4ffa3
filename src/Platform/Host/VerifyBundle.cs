using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Anlan.Kernel.Log;

namespace Anlan.Host;

/// <summary>Checks an exported bundle: every entry of the log in it with its proof, and that each picture and clip is the one of which an entry names the hash.</summary>
internal static class VerifyBundle
{
    private const int LongestProof = 1_048_576;

    /// <summary>True for a file that is a bundle.</summary>
    public static bool IsOne(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[4];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual("PK\u0003\u0004"u8);
    }

    /// <summary>Checks; answers what is wrong, nothing when all is right. What was found is written out.</summary>
    /// <param name="path">The bundle.</param>
    /// <param name="check">Checks one proof: its text, answered with the entry, or null after it said what is wrong.</param>
    /// <param name="output">Where to.</param>
    /// <param name="stop">Stops.</param>
    public static async Task<int> RunAsync(string path, Func<string, Task<LogEntry?>> check, TextWriter output, CancellationToken stop)
    {
        using var zip = await ZipFile.OpenReadAsync(path, stop);
        var said = new StringBuilder();
        var faults = 0;
        foreach (var proof in zip.Entries.Where(entry => entry.Name.EndsWith(".txt", StringComparison.Ordinal)))
        {
            if (proof.Length > LongestProof) throw new FormatException($"{proof.Name} is no proof: it has {proof.Length} bytes.");
            using var reader = new StreamReader(await proof.OpenAsync(stop), Encoding.ASCII);
            if (await check(await reader.ReadToEndAsync(stop)) is { } entry) said.Append(Encoding.UTF8.GetString(entry.Body.Span)).Append('\n');
            else faults++;
        }

        if (said.Length == 0 && faults == 0) throw new FormatException("The bundle holds no proof of any entry.");
        foreach (var file in zip.Entries.Where(entry => !entry.Name.EndsWith(".txt", StringComparison.Ordinal)))
        {
            await using var content = await file.OpenAsync(stop);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, stop));
            if (said.ToString().Contains($"\"{hash}\"", StringComparison.Ordinal))
            {
                await output.WriteLineAsync($"{file.Name} is what an entry names: {hash}");
                continue;
            }

            await output.WriteLineAsync($"error: {file.Name} has the hash {hash}, which no entry of this bundle names.");
            faults++;
        }

        return faults;
    }
}
