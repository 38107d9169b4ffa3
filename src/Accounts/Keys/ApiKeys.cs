using System.Security.Cryptography;
using Anlan.Toolkit.Security;

namespace Anlan.Accounts.Keys;

/// <summary>
/// How a key looks: <c>anlan_</c> and 40 characters without look-alikes (about 198 bits). It is kept as a hash with a key that lies outside the database: a copied
/// table opens nothing.
/// </summary>
internal static class ApiKeys
{
    /// <summary>How every key begins, so that it is known wherever it was left lying.</summary>
    public const string Prefix = "anlan_";

    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int Length = 40;
    private const int Shown = 6;

    public static string Make() => Prefix + RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>By which its holder knows it again.</summary>
    public static string StartOf(string key) => key[..(Prefix.Length + Shown)];

    public static bool IsKey(string? text) => text?.Length == Prefix.Length + Length && text.StartsWith(Prefix, StringComparison.Ordinal);

    public static string Hash(PersonalFields fields, string key) => fields.Keyed(key, "accounts/key");
}
