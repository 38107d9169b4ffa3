using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Anlan.Welding.Chip.Signing;

/// <summary>What a signed config says.</summary>
/// <param name="Chip">aud: serial of the chip.</param>
/// <param name="IssuedAt">iat, unix seconds.</param>
/// <param name="Version">Strictly rising per chip.</param>
/// <param name="Keys">The new set of trusted keys, each DER SubjectPublicKeyInfo, 1 to 4; null = the keys stay.</param>
/// <param name="Settings">What changes.</param>
public sealed record ConfigClaims(string Chip, long IssuedAt, long Version, IReadOnlyList<byte[]>? Keys, ChipSettings Settings);

/// <summary>Settings of a config; what is not mentioned stays.</summary>
/// <param name="Machine">The machine to which the chip is fitted from now on; null = stays.</param>
/// <param name="ForgetsMachine">True when the chip was taken off its machine: <c>machine</c> is null on the wire. Wins over <paramref name="Machine"/>.</param>
/// <param name="ClearsTamper">True when a person inspected the chip: <c>clearTamper</c>.</param>
public sealed record ChipSettings(Guid? Machine = null, bool ForgetsMachine = false, bool ClearsTamper = false);

/// <summary>Signs and verifies settings and key sets.</summary>
public static class SignedConfig
{
    private const long Aud = 3, Iat = 6, Version = -70_020, Keys = -70_021, Settings = -70_022;
    private const string Machine = "machine", ClearTamper = "clearTamper";

    /// <summary>The token of a config.</summary>
    public static byte[] Sign(TokenSigner signer, ConfigClaims claims)
    {
        var writer = SignedToken.Writer();
        writer.WriteStartMap(claims.Keys is null ? 4 : 5);
        writer.WriteInt64(Aud);
        writer.WriteTextString(claims.Chip);
        writer.WriteInt64(Iat);
        writer.WriteInt64(claims.IssuedAt);
        writer.WriteInt64(Version);
        writer.WriteInt64(claims.Version);
        if (claims.Keys is { } keys) WriteKeys(writer, keys);
        writer.WriteInt64(Settings);
        WriteSettings(writer, claims.Settings);
        writer.WriteEndMap();
        return SignedToken.Sign(signer, writer);
    }

    /// <summary>The claims of a config that a trusted key signed, else null. Settings that this chip does not know are skipped.</summary>
    public static ConfigClaims? Verify(ReadOnlySpan<byte> token, TrustedKeys keys) => SignedToken.Read(token, keys, Read);

    private static void WriteKeys(CborWriter writer, IReadOnlyList<byte[]> keys)
    {
        writer.WriteInt64(Keys);
        writer.WriteStartArray(keys.Count);
        foreach (var key in keys)
        {
            writer.WriteStartArray(2);
            writer.WriteByteString(TrustedKeys.KidOf(key));
            writer.WriteByteString(key);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteSettings(CborWriter writer, ChipSettings settings)
    {
        var speaksOfMachine = settings.ForgetsMachine || settings.Machine is not null;
        writer.WriteStartMap((speaksOfMachine ? 1 : 0) + (settings.ClearsTamper ? 1 : 0));
        if (speaksOfMachine)
        {
            writer.WriteTextString(Machine);
            if (settings.ForgetsMachine) writer.WriteNull();
            else writer.WriteTextString(settings.Machine!.Value.ToString());
        }

        if (settings.ClearsTamper)
        {
            writer.WriteTextString(ClearTamper);
            writer.WriteBoolean(true);
        }

        writer.WriteEndMap();
    }

    private static ConfigClaims? Read(CborReader reader)
    {
        string? chip = null;
        long issuedAt = 0, version = 0;
        IReadOnlyList<byte[]>? keys = null;
        ChipSettings? settings = null;
        if (reader.ReadStartMap() is not { } count) return null;
        for (var i = 0; i < count; i++)
        {
            switch (reader.ReadInt64())
            {
                case Aud: chip = reader.ReadTextString(); break;
                case Iat: issuedAt = reader.ReadInt64(); break;
                case Version: version = reader.ReadInt64(); break;
                case Keys: keys = ReadKeys(reader); break;
                case Settings: settings = ReadSettings(reader); break;
                default: return null;
            }
        }

        reader.ReadEndMap();
        var isComplete = chip is not null && settings is not null && issuedAt > 0 && version is > 0 and < 1L << 53;
        return isComplete ? new ConfigClaims(chip!, issuedAt, version, keys, settings!) : null;
    }

    private static List<byte[]> ReadKeys(CborReader reader)
    {
        if (reader.ReadStartArray() is not ({ } count and > 0 and <= TrustedKeys.Most)) throw new CborContentException("The key set is empty or too large.");
        var keys = new List<byte[]>(count);
        for (var i = 0; i < count; i++)
        {
            if (reader.ReadStartArray() != 2) throw new CborContentException("A key is a pair of id and public key.");
            var kid = reader.ReadByteString();
            var key = reader.ReadByteString();
            reader.ReadEndArray();
            if (!CryptographicOperations.FixedTimeEquals(kid, TrustedKeys.KidOf(key))) throw new CborContentException("A key id is not that of its key.");
            keys.Add(key);
        }

        reader.ReadEndArray();
        return keys;
    }

    private static ChipSettings ReadSettings(CborReader reader)
    {
        var settings = new ChipSettings();
        if (reader.ReadStartMap() is not { } count) throw new CborContentException("The map has no length.");
        for (var i = 0; i < count; i++)
        {
            switch (reader.ReadTextString())
            {
                case Machine when reader.PeekState() == CborReaderState.Null:
                    reader.ReadNull();
                    settings = settings with { ForgetsMachine = true };
                    break;
                case Machine: settings = settings with { Machine = Guid.ParseExact(reader.ReadTextString(), "D") }; break;
                case ClearTamper: settings = settings with { ClearsTamper = reader.ReadBoolean() }; break;
                default: reader.SkipValue(); break;
            }
        }

        reader.ReadEndMap();
        return settings;
    }
}
