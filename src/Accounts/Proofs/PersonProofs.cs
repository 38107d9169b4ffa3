using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Microsoft.AspNetCore.DataProtection;

namespace Anlan.Accounts.Proofs;

/// <summary>Seals and reads proofs of person: encrypted and authenticated, bound to account, person, time, method and security stamp. No database.</summary>
internal sealed class PersonProofs(IDataProtectionProvider protection, AccountIndex index) : IPersonProofs
{
    private const byte FormatVersion = 1;
    private const int HeaderLength = 1 + 16 + 16 + 8 + 1;
    private const int LongestToken = 1_000;
    private readonly IDataProtector _seal = protection.CreateProtector("Anlan.PersonProof.v1");

    public string Seal(PersonProof proof, string stamp)
    {
        var stampBytes = Encoding.UTF8.GetBytes(stamp);
        var method = Encoding.UTF8.GetBytes(proof.Method);
        var bytes = new byte[HeaderLength + method.Length + stampBytes.Length];
        bytes[0] = FormatVersion;
        proof.Account.TryWriteBytes(bytes.AsSpan(1));
        proof.Person.Value.TryWriteBytes(bytes.AsSpan(17));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(33), proof.At.UtcTicks);
        bytes[41] = checked((byte)method.Length);
        method.CopyTo(bytes, HeaderLength);
        stampBytes.CopyTo(bytes, HeaderLength + method.Length);
        return Base64Url.EncodeToString(_seal.Protect(bytes));
    }

    public PersonProof? Read(string? token, Guid account)
    {
        if (token is null or { Length: 0 or > LongestToken } || !Base64Url.IsValid(token)) return null;
        byte[] bytes;
        try
        {
            bytes = _seal.Unprotect(Base64Url.DecodeFromChars(token));
        }
        catch (CryptographicException)
        {
            return null;
        }

        if (bytes.Length < HeaderLength || bytes[0] != FormatVersion || bytes.Length < HeaderLength + bytes[41]) return null;
        var method = Encoding.UTF8.GetString(bytes, HeaderLength, bytes[41]);
        var stamp = Encoding.UTF8.GetString(bytes.AsSpan(HeaderLength + bytes[41]));
        var proof = new PersonProof(new Guid(bytes.AsSpan(1, 16)), new PersonId(new Guid(bytes.AsSpan(17, 16))), new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(33)), TimeSpan.Zero), method);
        return proof.Account == account && index.FindInForce(account, stamp)?.Person == proof.Person ? proof : null;
    }
}
