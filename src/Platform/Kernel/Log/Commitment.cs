using System.Security.Cryptography;
using System.Text;

namespace Anlan.Kernel.Log;

/// <summary>
/// A salted commitment to personal fields: SHA-256 over the salt and each field with its length. The log keeps the commitment; salt and
/// fields lie in the database and can be erased, after which nobody can tell whom the entry spoke of.
/// </summary>
public static class Commitment
{
    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltLength = 32;

    /// <summary>Computes the commitment as lower-case hexadecimal.</summary>
    /// <param name="salt">The person's own salt of <see cref="SaltLength"/> random bytes.</param>
    /// <param name="fields">The fields in the order that the entry kind documents.</param>
    public static string Over(ReadOnlySpan<byte> salt, params ReadOnlySpan<string> fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
