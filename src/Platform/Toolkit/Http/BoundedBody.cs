namespace Anlan.Toolkit.Http;

/// <summary>What somebody sends, up to a size: nobody fills the memory with a file.</summary>
public static class BoundedBody
{
    private const int Part = 16_384;

    /// <summary>The bytes of a request or a chosen file, or null when there are more than so many.</summary>
    /// <param name="body">Where they come from.</param>
    /// <param name="most">Bytes.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<byte[]?> ReadAsync(Stream body, int most, CancellationToken stop)
    {
        using var memory = new MemoryStream();
        var part = new byte[Part];
        for (int read; (read = await body.ReadAsync(part, stop)) > 0;)
        {
            if (memory.Length + read > most) return null;
            memory.Write(part, 0, read);
        }

        return memory.ToArray();
    }
}
