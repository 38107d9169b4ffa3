namespace Anlan.Toolkit.Files;

/// <summary>Which files a module takes.</summary>
/// <param name="Most">Largest one, in bytes.</param>
/// <param name="IsSealed">True for what shows people: each file is sealed with a key of its own, which lies in the row that names it and goes with that row.</param>
/// <param name="Allowed">Kinds of content.</param>
public sealed record FileTerms(int Most, bool IsSealed, params IReadOnlyList<MediaType> Allowed)
{
    /// <summary>The largest size for people, in MB.</summary>
    public string MostInWords => Megabytes(Most);

    internal static string Megabytes(long bytes) => (bytes / 1048576d).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + " MB";
}

/// <summary>What was kept.</summary>
/// <param name="Hash">SHA-256 over the bytes as they lie there, lower-case hex: the file's name.</param>
/// <param name="Size">Bytes of the content.</param>
/// <param name="Type">Its kind.</param>
public sealed record KeptFile(string Hash, long Size, MediaType Type);
