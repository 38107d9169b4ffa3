using System.Security.Cryptography;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Platform.Toolkit.Security;

public sealed class PersonalFieldsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-keys-");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_an_older_key_sealed_opens_as_long_as_the_key_is_there_and_no_longer()
    {
        var (ring, fields) = Open();
        var (old, bytes) = (ring.Newest, fields.Encrypt("Shen", "a/1"));
        ring.Make();

        Assert.Equal("Shen", fields.Decrypt(bytes, "a/1"));
        Assert.Equal("Shen", Open().Fields.Decrypt(bytes, "a/1"));
        Assert.Equal(ring.Newest.Id, PersonalFields.KeyOf(fields.Encrypt("Shen", "a/1")));

        ring.Destroy(old);
        Assert.Contains(old.Id, Assert.Throws<CryptographicException>(() => fields.Decrypt(bytes, "a/1")).Message, StringComparison.Ordinal);
        Assert.Throws<CryptographicException>(() => Open().Fields.Decrypt(bytes, "a/1"));
    }

    [Fact]
    public void A_new_key_is_the_newest_after_a_restart_even_when_the_clock_was_set_back()
    {
        var (ring, _) = Open();
        _clock.AdjustTime(_clock.GetUtcNow().AddDays(-1));

        var made = ring.Make();

        Assert.Equal(made.Id, Open().Ring.Newest.Id);
    }

    [Fact]
    public void Bytes_open_only_where_they_were_sealed_and_not_when_one_of_them_changed()
    {
        var (_, fields) = Open();
        var bytes = fields.Encrypt("Shen", "a/1");

        Assert.Throws<AuthenticationTagMismatchException>(() => fields.Decrypt(bytes, "a/2"));
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => fields.Decrypt(changed, "a/1"));
        }
    }

    [Fact]
    public void Blind_indexes_are_asked_under_every_key_and_PINs_keep_theirs()
    {
        var (ring, fields) = Open();
        var (index, pin) = (fields.BlindIndex("330521", "number"), fields.Keyed("271828", "pin/1"));
        ring.Make();

        Assert.NotEqual(index, fields.BlindIndex("330521", "number"));
        Assert.Contains(index, fields.BlindIndexes("330521", "number"));
        Assert.Equal(pin, fields.Keyed("271828", "pin/1"));
    }

    [Fact]
    public void The_key_in_use_cannot_be_destroyed()
    {
        var (ring, _) = Open();

        Assert.Throws<InvalidOperationException>(() => ring.Destroy(ring.Newest));
    }

    [Fact]
    public void Keys_are_readable_by_the_owner_only()
    {
        var (ring, fields) = Open();
        fields.Keyed("1", "pin");
        _ = ring.Make();

        var files = _folder.GetFiles("*.key", SearchOption.AllDirectories);
        Assert.Equal(3, files.Length);
        if (!OperatingSystem.IsWindows()) Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    private (KeyRing Ring, PersonalFields Fields) Open()
    {
        var data = new DataFolder(_folder.FullName);
        var ring = new KeyRing(data, _clock);
        return (ring, new PersonalFields(ring, data));
    }
}
