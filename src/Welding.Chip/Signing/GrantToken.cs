using System.Formats.Cbor;

namespace Anlan.Welding.Chip.Signing;

/// <summary>What a grant says. Times are unix seconds.</summary>
/// <param name="Downlink">cti: id of the downlink that carries it.</param>
/// <param name="Machine">sub: the machine.</param>
/// <param name="Chip">aud: serial of the chip.</param>
/// <param name="Session">The session.</param>
/// <param name="Person">The welder, a pseudonym.</param>
/// <param name="Counter">Strictly rising per chip.</param>
/// <param name="IssuedAt">iat.</param>
/// <param name="NotBefore">nbf: beginning of the window and of the lease.</param>
/// <param name="Expires">exp: end of the window in which the chip may accept it, at most 60 s after nbf.</param>
/// <param name="DurationSeconds">Length of the lease, 1 to 900.</param>
/// <param name="SessionEnd">No lease lasts beyond it; at most 8 h after nbf.</param>
public sealed record GrantClaims(
    Guid Downlink, Guid Machine, string Chip, Guid Session, Guid Person, long Counter,
    long IssuedAt, long NotBefore, long Expires, int DurationSeconds, long SessionEnd)
{
    /// <summary>Longest lease in seconds.</summary>
    public const int LongestDuration = 900;

    /// <summary>Longest window in seconds.</summary>
    public const int LongestWindow = 60;

    /// <summary>Longest session in seconds.</summary>
    public const int LongestSession = 8 * 3_600;

    /// <summary>End of the lease by the clock, unix seconds.</summary>
    public long LeaseEnd => Math.Min(NotBefore + DurationSeconds, SessionEnd);

    /// <summary>True when the numbers keep the limits of the protocol (CHIP-GRANT-06).</summary>
    public bool IsWithinLimits =>
        Counter is > 0 and < 1L << 53 && NotBefore > 0 && Expires > NotBefore && Expires - NotBefore <= LongestWindow
        && DurationSeconds is > 0 and <= LongestDuration && SessionEnd > NotBefore && SessionEnd - NotBefore <= LongestSession;
}

/// <summary>Signs and verifies grants: COSE_Sign1 over CWT claims.</summary>
public static class GrantToken
{
    private const string Issuer = "anlan";
    private const long Iss = 1, Sub = 2, Aud = 3, Exp = 4, Nbf = 5, Iat = 6, Cti = 7;
    private const long Session = -70_001, Person = -70_002, Duration = -70_003, Counter = -70_004, SessionEnd = -70_005;
    private const int ClaimCount = 12;

    /// <summary>The token of a grant.</summary>
    public static byte[] Sign(TokenSigner signer, GrantClaims claims)
    {
        var writer = SignedToken.Writer();
        writer.WriteStartMap(ClaimCount);
        writer.WriteInt64(Iss);
        writer.WriteTextString(Issuer);
        writer.WriteInt64(Sub);
        WriteGuid(writer, claims.Machine);
        writer.WriteInt64(Aud);
        writer.WriteTextString(claims.Chip);
        WriteNumber(writer, Exp, claims.Expires);
        WriteNumber(writer, Nbf, claims.NotBefore);
        WriteNumber(writer, Iat, claims.IssuedAt);
        writer.WriteInt64(Cti);
        Span<byte> id = stackalloc byte[16];
        claims.Downlink.TryWriteBytes(id, bigEndian: true, out _);
        writer.WriteByteString(id);
        writer.WriteInt64(Session);
        WriteGuid(writer, claims.Session);
        writer.WriteInt64(Person);
        WriteGuid(writer, claims.Person);
        WriteNumber(writer, Duration, claims.DurationSeconds);
        WriteNumber(writer, Counter, claims.Counter);
        WriteNumber(writer, SessionEnd, claims.SessionEnd);
        writer.WriteEndMap();
        return SignedToken.Sign(signer, writer);
    }

    /// <summary>The claims of a grant that a trusted key signed, else null. Time, counter and addressee are the chip's to judge.</summary>
    public static GrantClaims? Verify(ReadOnlySpan<byte> token, TrustedKeys keys) => SignedToken.Read(token, keys, Read);

    private static GrantClaims? Read(CborReader reader)
    {
        Guid machine = default, downlink = default, session = default, person = default;
        string? chip = null, issuer = null;
        long expires = 0, notBefore = 0, issuedAt = 0, duration = 0, counter = 0, sessionEnd = 0;
        if (reader.ReadStartMap() != ClaimCount) return null;
        for (var i = 0; i < ClaimCount; i++)
        {
            switch (reader.ReadInt64())
            {
                case Iss: issuer = reader.ReadTextString(); break;
                case Sub: machine = ReadGuid(reader); break;
                case Aud: chip = reader.ReadTextString(); break;
                case Exp: expires = reader.ReadInt64(); break;
                case Nbf: notBefore = reader.ReadInt64(); break;
                case Iat: issuedAt = reader.ReadInt64(); break;
                case Cti: downlink = new Guid(reader.ReadByteString(), bigEndian: true); break;
                case Session: session = ReadGuid(reader); break;
                case Person: person = ReadGuid(reader); break;
                case Duration: duration = reader.ReadInt64(); break;
                case Counter: counter = reader.ReadInt64(); break;
                case SessionEnd: sessionEnd = reader.ReadInt64(); break;
                default: return null;
            }
        }

        reader.ReadEndMap();
        if (issuer != Issuer || chip is null) return null;
        return new GrantClaims(downlink, machine, chip, session, person, counter, issuedAt, notBefore, expires, checked((int)duration), sessionEnd);
    }

    private static void WriteNumber(CborWriter writer, long label, long value)
    {
        writer.WriteInt64(label);
        writer.WriteInt64(value);
    }

    private static void WriteGuid(CborWriter writer, Guid value)
    {
        Span<char> text = stackalloc char[36];
        value.TryFormat(text, out _);
        writer.WriteTextString(text);
    }

    private static Guid ReadGuid(CborReader reader) => Guid.ParseExact(reader.ReadTextString(), "D");
}
