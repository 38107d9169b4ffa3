using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Tests.Welding.Chip.Signing;

public sealed class SignedConfigTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TokenSigner _signer;
    private readonly TrustedKeys _trusted;

    public SignedConfigTests()
    {
        _signer = new TokenSigner(_key);
        _trusted = TrustedKeys.Of(_signer.PublicKey);
    }

    public void Dispose()
    {
        _signer.Dispose();
        _key.Dispose();
    }

    public static TheoryData<ChipSettings> AllSettings =>
    [
        new ChipSettings(), new ChipSettings(Guid.Parse("0198c0de-0000-7000-8000-00000000000a")), new ChipSettings(ForgetsMachine: true), new ChipSettings(ClearsTamper: true),
        new ChipSettings(Guid.Parse("0198c0de-0000-7000-8000-00000000000a"), ClearsTamper: true),
    ];

    [Theory, MemberData(nameof(AllSettings))]
    [Trait("Requirement", "CHIP-CONFIG-04")]
    [Trait("Requirement", "CHIP-CONFIG-05")]
    public void Settings_are_read_as_they_were_signed(ChipSettings settings)
    {
        var read = SignedConfig.Verify(SignedConfig.Sign(_signer, new ConfigClaims("CHIP-0001", 1_790_000_000, 9, null, settings)), _trusted)!;

        Assert.Equal(("CHIP-0001", 1_790_000_000, 9, null, settings), (read.Chip, read.IssuedAt, read.Version, read.Keys, read.Settings));
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-06")]
    public void Settings_that_this_chip_does_not_know_are_skipped()
    {
        var token = Sign(settings =>
        {
            settings.WriteStartMap(2);
            settings.WriteTextString("brightness");
            settings.WriteStartArray(2);
            settings.WriteInt32(1);
            settings.WriteTextString("x");
            settings.WriteEndArray();
            settings.WriteTextString("clearTamper");
            settings.WriteBoolean(true);
            settings.WriteEndMap();
        });

        Assert.Equal(new ChipSettings(ClearsTamper: true), SignedConfig.Verify(token, _trusted)!.Settings);
    }

    [Fact, Trait("Requirement", "CHIP-COSE-03")]
    public void A_claim_that_a_config_does_not_have_is_refused() =>
        Assert.Null(SignedConfig.Verify(Sign(WriteEmptyMap, extra: 1), _trusted));

    [Fact, Trait("Requirement", "CHIP-CONFIG-01")]
    public void A_setting_of_the_wrong_type_is_refused() => Assert.Null(SignedConfig.Verify(
        Sign(settings =>
        {
            settings.WriteStartMap(1);
            settings.WriteTextString("machine");
            settings.WriteInt32(7);
            settings.WriteEndMap();
        }), _trusted));

    private static void WriteEmptyMap(CborWriter settings)
    {
        settings.WriteStartMap(0);
        settings.WriteEndMap();
    }

    private byte[] Sign(Action<CborWriter> writeSettings, int extra = 0)
    {
        var writer = new CborWriter();
        writer.WriteStartMap(4 + extra);
        for (var i = 0; i < extra; i++)
        {
            writer.WriteInt64(100 + i);
            writer.WriteInt64(1);
        }

        writer.WriteInt64(3);
        writer.WriteTextString("CHIP-0001");
        writer.WriteInt64(6);
        writer.WriteInt64(1_790_000_000);
        writer.WriteInt64(-70_020);
        writer.WriteInt64(1);
        writer.WriteInt64(-70_022);
        writeSettings(writer);
        writer.WriteEndMap();
        var headers = new CoseHeaderMap { { CoseHeaderLabel.KeyIdentifier, CoseHeaderValue.FromBytes(_signer.Kid) } };
        return CoseSign1Message.SignEmbedded(writer.Encode(), new CoseSigner(_key, HashAlgorithmName.SHA256, headers));
    }
}
