using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Anlan.Kernel.Log;

/// <summary>One entry of the log with everything that proves it: inclusion in a signed head, and how that head grew out of the one before. Format: docs/protocols/evidence.md.</summary>
/// <param name="Position">Position in the log, from 1.</param>
/// <param name="Entry">The bytes of the entry.</param>
/// <param name="Inclusion">Path from the leaf to the root of <paramref name="Head"/>.</param>
/// <param name="Head">A signed head that covers the entry.</param>
/// <param name="Key">Public key of the head, DER SubjectPublicKeyInfo.</param>
/// <param name="Previous">The signed head before it, or null when it is the first.</param>
/// <param name="PreviousKey">Public key of the head before; null without one.</param>
/// <param name="Consistency">Path from <paramref name="Previous"/> to <paramref name="Head"/>; empty without it.</param>
public sealed record EvidenceFile(
    long Position, byte[] Entry, IReadOnlyList<byte[]> Inclusion, SignedTreeHead Head, byte[] Key, SignedTreeHead? Previous, byte[]? PreviousKey, IReadOnlyList<byte[]> Consistency)
{
    private const string Title = "anlan-evidence 1";

    /// <summary>Id of a public key as tree heads name it.</summary>
    public static string KeyId(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));

    /// <summary>Writes the file: a word and a value on each line.</summary>
    public string Write()
    {
        var text = new StringBuilder(Title).Append('\n');
        void Line(string word, string value) => text.Append(word).Append(' ').Append(value).Append('\n');
        Line("position", Position.ToString(CultureInfo.InvariantCulture));
        Line("entry", Convert.ToBase64String(Entry));
        foreach (var hash in Inclusion) Line("inclusion", Convert.ToHexStringLower(hash));
        Line("head", Convert.ToBase64String(Encoding.ASCII.GetBytes(Head.Head.Text)));
        Line("head-signature", Convert.ToBase64String(Head.Signature));
        Line("head-key", Convert.ToBase64String(Key));
        if (Previous is null) return text.ToString();
        Line("previous", Convert.ToBase64String(Encoding.ASCII.GetBytes(Previous.Head.Text)));
        Line("previous-signature", Convert.ToBase64String(Previous.Signature));
        Line("previous-key", Convert.ToBase64String(PreviousKey!));
        foreach (var hash in Consistency) Line("consistency", Convert.ToHexStringLower(hash));
        return text.ToString();
    }

    /// <summary>Reads a file; says nothing of whether it proves anything.</summary>
    /// <exception cref="FormatException">It is no evidence of a known version; the text names the line.</exception>
    public static EvidenceFile Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (lines[0] != Title) throw new FormatException($"The first line is not '{Title}'.");
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Split(' ') is not [var word, var value]) throw new FormatException($"Line {i + 1} is not a word and a value.");
            if (!values.TryGetValue(word, out var list)) values[word] = list = [];
            list.Add(value);
        }

        if (!long.TryParse(One(values, "position"), NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position < 1) throw new FormatException("'position' is no position.");
        var previous = values.ContainsKey("previous") ? Signed(values, "previous") : null;
        return new EvidenceFile(
            position, Bytes(values, "entry"), Hashes(values, "inclusion"), Signed(values, "head"), Bytes(values, "head-key"), previous, previous is null ? null : Bytes(values, "previous-key"), Hashes(values, "consistency"));
    }

    /// <summary>Everything that is wrong with it; empty when it proves its entry. Whose key signed is for the reader to judge: <see cref="Key"/> comes from the file.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        try
        {
            LogEntry.Decode(Position, Entry);
        }
        catch (FormatException unreadable)
        {
            faults.Add(unreadable.Message);
        }

        CheckSignature(Head, Key, "head", faults);
        if (!MerkleTree.IsIncluded(Position - 1, Head.Head.Size, LogEntry.LeafHash(Entry), Inclusion, Head.Head.Root)) faults.Add($"The entry is not at position {Position} of the log with {Head.Head.Size} entries that the head signs.");
        if (Previous is null) return faults;
        CheckSignature(Previous, PreviousKey!, "previous head", faults);
        if (!MerkleTree.IsConsistent(Previous.Head.Size, Previous.Head.Root, Head.Head.Size, Head.Head.Root, Consistency)) faults.Add($"The log with {Head.Head.Size} entries did not grow out of the one with {Previous.Head.Size} that the head before signs.");
        return faults;
    }

    private static void CheckSignature(SignedTreeHead head, byte[] publicKey, string what, List<string> faults)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            if (KeyId(publicKey) != head.Head.Key) faults.Add($"The {what} names the key {head.Head.Key}, the file brings {KeyId(publicKey)}.");
            else if (!head.IsSignedBy(key)) faults.Add($"The signature of the {what} is wrong.");
        }
        catch (CryptographicException)
        {
            faults.Add($"The key or the signature of the {what} cannot be read.");
        }
    }

    private static string One(Dictionary<string, List<string>> values, string word) =>
        values.TryGetValue(word, out var list) ? list is [var value] ? value : throw new FormatException($"'{word}' stands there more than once.") : throw new FormatException($"'{word}' is missing.");

    private static byte[] Bytes(Dictionary<string, List<string>> values, string word)
    {
        try
        {
            return Convert.FromBase64String(One(values, word));
        }
        catch (FormatException broken) when (values.ContainsKey(word))
        {
            throw new FormatException($"'{word}' is not in Base64.", broken);
        }
    }

    private static List<byte[]> Hashes(Dictionary<string, List<string>> values, string word) =>
        [.. values.GetValueOrDefault(word, []).Select(text => text.Length == 2 * MerkleTree.HashLength && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : throw new FormatException($"'{word}' holds what is no hash."))];

    private static SignedTreeHead Signed(Dictionary<string, List<string>> values, string word) => new(TreeHead.Parse(Encoding.ASCII.GetString(Bytes(values, word))), Bytes(values, word + "-signature"));
}
