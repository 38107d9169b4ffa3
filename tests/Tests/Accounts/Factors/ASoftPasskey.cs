using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Anlan.Tests.Accounts.Factors;

/// <summary>A passkey in memory: answers questions as a phone does, or as a cheat would.</summary>
internal sealed class ASoftPasskey : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte WithKey = 0x40;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private uint _count;

    /// <summary>The page that asks, as the browser sees it.</summary>
    public string Origin { get; set; } = "http://anlan.test";

    /// <summary>The person showed finger, face or PIN.</summary>
    public bool IsVerified { get; set; } = true;

    /// <summary>Answers a question for a new passkey.</summary>
    public string Create(string options)
    {
        using var asked = JsonDocument.Parse(options);
        var client = ClientData("webauthn.create", asked.RootElement.GetProperty("challenge").GetString()!);
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        cose.WriteInt32(1);
        cose.WriteInt32(2);
        cose.WriteInt32(3);
        cose.WriteInt32(-7);
        cose.WriteInt32(-1);
        cose.WriteInt32(1);
        cose.WriteInt32(-2);
        cose.WriteByteString(parameters.Q.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(parameters.Q.Y!);
        cose.WriteEndMap();
        byte[] length = [(byte)(_id.Length >> 8), (byte)_id.Length];
        byte[] data = [.. AuthenticatorData(asked.RootElement.GetProperty("rp").GetProperty("id").GetString()!, WithKey), .. new byte[16], .. length, .. _id, .. cose.Encode()];
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(data);
        attestation.WriteEndMap();
        return Answer(new { clientDataJSON = Text(client), attestationObject = Text(attestation.Encode()), transports = new[] { "internal" } });
    }

    /// <summary>Answers a question to a known passkey.</summary>
    public string Get(string options)
    {
        using var asked = JsonDocument.Parse(options);
        var client = ClientData("webauthn.get", asked.RootElement.GetProperty("challenge").GetString()!);
        var data = AuthenticatorData(asked.RootElement.GetProperty("rpId").GetString()!, 0);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        return Answer(new { clientDataJSON = Text(client), authenticatorData = Text(data), signature = Text(_key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)) });
    }

    public void Dispose() => _key.Dispose();

    private byte[] AuthenticatorData(string server, byte further)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, ++_count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(server)), (byte)(Present | (IsVerified ? Verified : 0) | further), .. count];
    }

    private byte[] ClientData(string type, string challenge) => JsonSerializer.SerializeToUtf8Bytes(new { type, challenge, origin = Origin, crossOrigin = false });

    private string Answer(object response) => JsonSerializer.Serialize(new { id = Text(_id), rawId = Text(_id), type = "public-key", clientExtensionResults = new { }, response });

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
