using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Anlan.Tests.Boundaries;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Tests.Welding.Chip.Signing;

/// <summary>
/// The signed example files of the protocol. Signatures are random, so the files are written once: run these tests with
/// ANLAN_WRITE_EXAMPLES=1 after a deliberate change and commit them.
/// </summary>
public sealed class SignedExamplesTests : IDisposable
{
    private const string Folder = "tests/Tests/Welding.Chip/Examples";
    private const string Chip = "CHIP-0001";
    private static readonly GrantClaims Grant = new(
        Guid.Parse("0198c0de-0000-7000-8000-000000000001"), Guid.Parse("0198c0de-0000-7000-8000-000000000002"), Chip,
        Guid.Parse("0198c0de-0000-7000-8000-000000000003"), Guid.Parse("0198c0de-0000-7000-8000-000000000004"), 18,
        1_790_000_057, 1_790_000_057, 1_790_000_087, 900, 1_790_028_857);
    private static readonly TimeClaims Time = new(Chip, 1_789_999_999_250, Convert.FromHexString("000102030405060708090A0B0C0D0E0F"));
    private static readonly Guid ConfigId = Guid.Parse("0198c0de-0000-7000-8000-000000000006");
    private static readonly Guid TimeId = Guid.Parse("0198c0de-0000-7000-8000-000000000007");
    private readonly ECDsa _key = ECDsa.Create();
    private readonly TokenSigner _signer;
    private readonly TrustedKeys _trusted;
    private readonly ConfigClaims _config;

    public SignedExamplesTests()
    {
        _key.ImportFromPem(Repository.Read(Folder + "/server-key.pem"));
        _signer = new TokenSigner(_key);
        _trusted = TrustedKeys.Of(_signer.PublicKey);
        _config = new ConfigClaims(Chip, 1_790_000_000, 4, [_signer.PublicKey], new ChipSettings(Grant.Machine));
        if (Environment.GetEnvironmentVariable("ANLAN_WRITE_EXAMPLES") == "1") Write();
    }

    public void Dispose()
    {
        _signer.Dispose();
        _key.Dispose();
    }

    [Fact, Trait("Requirement", "CHIP-GRANT-01")]
    public void The_example_grant_says_what_the_specification_says()
    {
        var downlink = Read<SignedDownlink>("grant.json");

        Assert.Equal(Grant, GrantToken.Verify(downlink.Token(), _trusted));
        Assert.Equal(Grant.Downlink, downlink.Id);
        Assert.Equal(Repository.Read(Folder + "/grant.cose.hex").Trim(), Convert.ToHexStringLower(downlink.Token()));
        Assert.True(Grant.IsWithinLimits);
    }

    [Fact, Trait("Requirement", "CHIP-TIME-01")]
    public void The_example_time_answers_the_example_hello()
    {
        var time = SignedTime.Verify(Read<SignedDownlink>("time.json").Token(), _trusted)!;

        Assert.Equal((Time.Chip, Time.UnixMilliseconds), (time.Chip, time.UnixMilliseconds));
        Assert.Equal(Read<Hello>("hello.json").Nonce, System.Buffers.Text.Base64Url.EncodeToString(time.Nonce));
    }

    [Fact, Trait("Requirement", "CHIP-CONFIG-01")]
    public void The_example_config_fits_the_chip_to_the_machine_of_the_example_grant()
    {
        var config = SignedConfig.Verify(Read<SignedDownlink>("config.json").Token(), _trusted)!;

        Assert.Equal((_config.Chip, _config.Version, _config.IssuedAt, _config.Settings), (config.Chip, config.Version, config.IssuedAt, config.Settings));
        Assert.Equal([_signer.PublicKey], config.Keys!);
    }

    [Fact, Trait("Requirement", "CHIP-COSE-05")]
    public async Task Openssl_alone_verifies_a_grant_over_its_Sig_structure()
    {
        Assert.Equal((0, "Verified OK"), await OpensslAsync(Path.Combine(Repository.Root, Folder, "grant.json")));

        using var directory = new TemporaryFile();
        await File.WriteAllBytesAsync(directory.Path, ChipJson.Write(SignedDownlink.Of(Grant.Downlink, GrantToken.Sign(_signer, Grant with { Counter = 70_000, DurationSeconds = 1 }))));
        Assert.Equal((0, "Verified OK"), await OpensslAsync(directory.Path));
    }

    [Fact, Trait("Requirement", "CHIP-COSE-05")]
    public async Task Openssl_refuses_a_grant_with_one_bit_changed()
    {
        var token = Read<SignedDownlink>("grant.json").Token();
        token[60] ^= 1;
        using var file = new TemporaryFile();
        await File.WriteAllBytesAsync(file.Path, ChipJson.Write(SignedDownlink.Of(Grant.Downlink, token)));

        Assert.NotEqual(0, (await OpensslAsync(file.Path)).Status);
    }

    private static async Task<(int Status, string Said)> OpensslAsync(string grant)
    {
        var folder = Path.Combine(Repository.Root, Folder);
        using var process = Process.Start(new ProcessStartInfo("sh", [Path.Combine(folder, "verify-grant.sh"), grant, Path.Combine(folder, "server-public.pem")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Trim());
    }

    private static T Read<T>(string name) where T : class, IChipMessage => ChipJson.Read<T>(Encoding.UTF8.GetBytes(Repository.Read($"{Folder}/{name}")));

    private void Write()
    {
        var grant = GrantToken.Sign(_signer, Grant);
        WriteText("grant.json", Encoding.UTF8.GetString(ChipJson.Write(SignedDownlink.Of(Grant.Downlink, grant))));
        WriteText("grant.cose.hex", Convert.ToHexStringLower(grant));
        WriteText("time.json", Encoding.UTF8.GetString(ChipJson.Write(SignedDownlink.Of(TimeId, SignedTime.Sign(_signer, Time)))));
        WriteText("config.json", Encoding.UTF8.GetString(ChipJson.Write(SignedDownlink.Of(ConfigId, SignedConfig.Sign(_signer, _config)))));
    }

    private static void WriteText(string name, string text) => File.WriteAllText(Path.Combine(Repository.Root, Folder, name), text + "\n");

    private sealed class TemporaryFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
