using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Anlan.Kernel.Log;

/// <summary>What a log says of itself at a moment: so many entries, and this root over them. Format: docs/protocols/evidence.md.</summary>
/// <param name="Size">How many entries the tree has.</param>
/// <param name="Root">Root of the Merkle tree over them.</param>
/// <param name="At">When it was signed, UTC, millisecond precision.</param>
/// <param name="Key">Id of the signing key: the first eight bytes of SHA-256 over its public key, hexadecimal.</param>
public sealed record TreeHead(long Size, byte[] Root, DateTimeOffset At, string Key)
{
    private const string Title = "anlan-tree-head 1";

    /// <summary>The bytes that are signed: five lines of ASCII, each with a line feed at its end.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Title}\nsize {Size}\nroot {Convert.ToHexStringLower(Root)}\nat {At.ToUnixTimeMilliseconds()}\nkey {Key}\n");

    /// <summary>Signs with a key pair.</summary>
    public SignedTreeHead Sign(ECDsa key) => new(this, key.SignData(Encoding.ASCII.GetBytes(Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>Reads the signed bytes.</summary>
    /// <exception cref="FormatException">They are no tree head of a known version, or not written exactly as <see cref="Text"/> writes it.</exception>
    public static TreeHead Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines is [Title, var size, var root, var at, var key, ""] && Value(size, "size ") is { } sizeText && Value(root, "root ") is { } rootText && Value(at, "at ") is { } atText && Value(key, "key ") is { } keyText
            && long.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && long.TryParse(atText, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && rootText.Length == 2 * MerkleTree.HashLength && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && rootText.All(char.IsAsciiHexDigitLower) && keyText.Length is > 0 and <= 64 && keyText.All(char.IsAsciiHexDigitLower))
        {
            var head = new TreeHead(count, Convert.FromHexString(rootText), DateTimeOffset.FromUnixTimeMilliseconds(ms), keyText);
            if (head.Text == text) return head;
        }

        throw new FormatException("This is no tree head of a known version.");
    }

    private static string? Value(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : null;
}

/// <summary>A tree head with its signature.</summary>
/// <param name="Head">The head.</param>
/// <param name="Signature">ECDSA over P-256 with SHA-256 over <see cref="TreeHead.Text"/>, as DER.</param>
public sealed record SignedTreeHead(TreeHead Head, byte[] Signature)
{
    /// <summary>True when the key signed it.</summary>
    public bool IsSignedBy(ECDsa key) => key.VerifyData(Encoding.ASCII.GetBytes(Head.Text), Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
