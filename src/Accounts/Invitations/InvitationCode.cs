using System.Security.Cryptography;
using System.Text;
using Anlan.Toolkit.Security;

namespace Anlan.Accounts.Invitations;

/// <summary>A one-time code that is read from paper and typed on a phone: ten characters, no look-alikes (47 bits), in two groups.</summary>
internal static class InvitationCode
{
    private const string Alphabet = "23456789ACDEFGHJKMNPQRTVWXY";
    private const int Length = 10;
    private const int Group = 5;

    public static string Make()
    {
        var code = RandomNumberGenerator.GetString(Alphabet, Length);
        return $"{code[..Group]}-{code[Group..]}";
    }

    /// <summary>Keyed with a key outside the database and bound to its invitation: a copied table opens no account.</summary>
    public static string Hash(PersonalFields fields, Guid owner, string? code, string purpose = "invitation") => fields.Keyed(Normalize(code), $"accounts/{purpose}/{owner}");

    public static bool Matches(PersonalFields fields, Guid owner, string? code, string hash, string purpose = "invitation") =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(fields, owner, code, purpose)), Encoding.ASCII.GetBytes(hash));

    // Hyphens, blanks and small letters are how people type it.
    private static string Normalize(string? code) => string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit).Take(Length * 2)).ToUpperInvariant();
}
