using System.Security.Cryptography;
using System.Text;

namespace Anlan.Cameras.Worker.Models;

/// <summary>Keeps converted models, so that the next start need not convert them again. A file that is damaged is made anew; without a folder, or one that cannot be written, nothing is kept.</summary>
/// <param name="folder">Where; null = nowhere.</param>
internal sealed class ModelCache(string? folder)
{
    /// <summary>A kept model, or a new one.</summary>
    /// <param name="from">All that it is made from: hash of the source, size, outputs.</param>
    /// <param name="make">Makes it.</param>
    public byte[] Get(string from, Func<byte[]> make)
    {
        if (folder is null) return make();
        // Another program may convert otherwise.
        var made = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{typeof(TfjsConverter).Module.ModuleVersionId} {from}")));
        var path = Path.Combine(folder, $"{made}.onnx");
        if (Read(path) is { } kept) return kept;
        var model = make();
        Write(path, model);
        return model;
    }

    private static byte[]? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length <= SHA256.HashSizeInBytes) return null;
            var model = bytes[SHA256.HashSizeInBytes..];
            return SHA256.HashData(model).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes)) ? model : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Whole or not at all, also when two workers begin at once.
    private static void Write(string path, byte[] model)
    {
        var draft = $"{path}.{Guid.CreateVersion7():N}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(draft, [.. SHA256.HashData(model), .. model]);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next start converts again, that is all.
            if (File.Exists(draft)) File.Delete(draft);
        }
    }
}
