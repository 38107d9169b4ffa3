using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Tests.Welding.Chip.Signing;

public sealed class GrantTokenTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TokenSigner _signer;
    private readonly TrustedKeys _trusted;
    private readonly GrantClaims _claims = new(
        Guid.Parse("0198c0de-0000-7000-8000-000000000001"), Guid.Parse("0198c0de-0000-7000-8000-000000000002"), "CHIP-0001",
        Guid.Parse("0198c0de-0000-7000-8000-000000000003"), Guid.Parse("0198c0de-0000-7000-8000-000000000004"), 17,
        1_790_000_000, 1_790_000_000, 1_790_000_030, 900, 1_790_028_800);

    public GrantTokenTests()
    {
        _signer = new TokenSigner(_key);
        _trusted = TrustedKeys.Of(_signer.PublicKey);
    }

    public void Dispose()
    {
        _signer.Dispose();
        _key.Dispose();
    }

    [Fact, Trait("Requirement", "CHIP-GRANT-01")]
    public void A_grant_says_after_verification_what_was_signed() => Assert.Equal(_claims, GrantToken.Verify(GrantToken.Sign(_signer, _claims), _trusted));

    [Fact, Trait("Requirement", "CHIP-COSE-04")]
    public void A_grant_of_an_unknown_key_is_refused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signer = new TokenSigner(stranger);

        Assert.Null(GrantToken.Verify(GrantToken.Sign(signer, _claims), _trusted));
    }

    [Fact, Trait("Requirement", "CHIP-COSE-04")]
    public void A_grant_with_any_single_byte_changed_is_refused()
    {
        var token = GrantToken.Sign(_signer, _claims);

        for (var i = 0; i < token.Length; i++)
        {
            var changed = (byte[])token.Clone();
            changed[i] ^= 0x01;
            Assert.Null(GrantToken.Verify(changed, _trusted));
        }
    }

    [Fact, Trait("Requirement", "CHIP-COSE-04")]
    public void A_grant_cut_short_anywhere_or_followed_by_more_is_refused()
    {
        var token = GrantToken.Sign(_signer, _claims);

        for (var length = 0; length < token.Length; length++) Assert.Null(GrantToken.Verify(token.AsSpan(0, length), _trusted));
        Assert.Null(GrantToken.Verify([.. token, 0], _trusted));
    }

    [Fact, Trait("Requirement", "CHIP-COSE-01")]
    public void A_token_is_taken_with_and_without_its_tag()
    {
        var tagged = GrantToken.Sign(_signer, _claims);

        Assert.Equal(0xD2, tagged[0]);
        Assert.Equal(_claims, GrantToken.Verify(tagged.AsSpan(1), _trusted));
    }

    [Fact, Trait("Requirement", "CHIP-COSE-02")]
    public void The_protected_header_is_algorithm_and_key_id_and_nothing_else()
    {
        var message = CoseMessage.DecodeSign1(GrantToken.Sign(_signer, _claims));

        Assert.Equal("a2012604" + "48" + Convert.ToHexStringLower(_signer.Kid), Convert.ToHexStringLower(message.RawProtectedHeaders.Span));
        Assert.Empty(message.UnprotectedHeaders);
        Assert.Equal(SHA256.HashData(_key.ExportSubjectPublicKeyInfo())[..8], _signer.Kid);
    }

    [Fact, Trait("Requirement", "CHIP-COSE-02")]
    public void Another_hash_with_the_same_key_is_refused()
    {
        var headers = new CoseHeaderMap { { CoseHeaderLabel.KeyIdentifier, CoseHeaderValue.FromBytes(_signer.Kid) } };
        var content = CoseMessage.DecodeSign1(GrantToken.Sign(_signer, _claims)).Content!.Value.ToArray();

        var token = CoseSign1Message.SignEmbedded(content, new CoseSigner(_key, HashAlgorithmName.SHA384, headers));

        Assert.Null(GrantToken.Verify(token, _trusted));
    }

    [Fact, Trait("Requirement", "CHIP-COSE-03")]
    public void One_kind_of_token_is_never_taken_for_another()
    {
        var time = SignedTime.Sign(_signer, new TimeClaims("CHIP-0001", 1_790_000_000_000, new byte[16]));
        var config = SignedConfig.Sign(_signer, new ConfigClaims("CHIP-0001", 1_790_000_000, 1, null, new ChipSettings()));
        var grant = GrantToken.Sign(_signer, _claims);

        Assert.Null(GrantToken.Verify(time, _trusted));
        Assert.Null(GrantToken.Verify(config, _trusted));
        Assert.Null(SignedTime.Verify(grant, _trusted));
        Assert.Null(SignedTime.Verify(config, _trusted));
        Assert.Null(SignedConfig.Verify(grant, _trusted));
        Assert.Null(SignedConfig.Verify(time, _trusted));
    }

    [Fact, Trait("Requirement", "CHIP-COSE-03")]
    public void The_claims_are_written_in_deterministic_order()
    {
        var content = CoseMessage.DecodeSign1(GrantToken.Sign(_signer, _claims)).Content!.Value;

        // Canonical conformance refuses any other order and any longer encoding of a number.
        var reader = new CborReader(content, CborConformanceMode.Canonical);
        reader.SkipValue();

        Assert.Equal(0, reader.BytesRemaining);
    }

    [Fact]
    public void Many_threads_sign_with_one_signer()
    {
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            var claims = _claims with { Counter = number + 1 };
            Assert.Equal(claims, GrantToken.Verify(GrantToken.Sign(_signer, claims), _trusted));
        });
    }
}
