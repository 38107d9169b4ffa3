using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Anlan.Accounts;
using Anlan.Accounts.Credentials;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Anlan.Tests.Accounts.Credentials;

public sealed class BreachedPasswordsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-breached-").FullName;

    private static readonly string[] Stolen = [.. Enumerable.Range(0, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"stolen sentence {i}"))];

#pragma warning disable CA5350 // The published list's own format.
    private static string HashOf(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350

    private static string[] Sorted => [.. Stolen.Select((password, i) => string.Create(CultureInfo.InvariantCulture, $"{HashOf(password)}:{(long)i * i * 7_919}")).Order(StringComparer.Ordinal)];

    private BreachedPasswords Open(string content)
    {
        var path = Path.Combine(_folder, "list.txt");
        File.WriteAllText(path, content);
        return OpenFile(path);
    }

    private static BreachedPasswords OpenFile(string? path)
    {
        var list = new BreachedPasswords(Options.Create(new AccountsOptions { BreachedPasswords = path }), NullLogger<BreachedPasswords>.Instance);
        list.Open();
        return list;
    }

    public static TheoryData<string, bool, bool> Forms => new() { { "\n", true, false }, { "\r\n", true, false }, { "\n", false, false }, { "\r\n", false, true } };

    [Theory, MemberData(nameof(Forms))]
    public void Every_stolen_password_is_found_first_and_last_line_too_and_no_other(string lineEnd, bool endsWithLine, bool isLower)
    {
        var lines = isLower ? Sorted.Select(line => line.ToLowerInvariant()) : Sorted;
        using var list = Open(string.Join(lineEnd, lines) + (endsWithLine ? lineEnd : ""));

        Assert.All(Stolen, password => Assert.True(list.Contains(password), password));
        Assert.All(Enumerable.Range(0, 500), i => Assert.False(list.Contains($"unknown sentence {i}")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_short_list_is_searched_to_its_ends(int count)
    {
        using var list = Open(string.Join('\n', Stolen.Take(count).Select(HashOf).Order(StringComparer.Ordinal)));

        Assert.All(Stolen.Take(count), password => Assert.True(list.Contains(password)));
        Assert.False(list.Contains(Stolen[count]));
    }

    [Fact]
    public void Without_a_list_nothing_is_found()
    {
        using var none = OpenFile(null);

        Assert.False(none.Contains(Stolen[0]));
    }

    [Fact]
    public void A_missing_file_keeps_the_server_from_starting_and_says_which()
    {
        var path = Path.Combine(_folder, "nowhere.txt");

        var failed = Assert.Throws<InvalidDataException>(() => OpenFile(path));

        Assert.Contains("Anlan:Accounts:BreachedPasswords", failed.Message, StringComparison.Ordinal);
        Assert.Contains(path, failed.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> WrongFiles => new()
    {
        "",
        "password\n123456\n",
        new string('x', 5_000),
        HashOf("a") + " 5\n",
        string.Join('\n', Sorted.Reverse()),
        string.Join('\n', Sorted) + "\nnot a hash",
    };

    [Theory, MemberData(nameof(WrongFiles))]
    public void A_file_that_is_no_sorted_list_keeps_the_server_from_starting(string content)
    {
        var failed = Assert.Throws<InvalidDataException>(() => Open(content));

        Assert.Contains("SHA-1:count", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stolen_password_is_refused_and_told_at_its_field()
    {
        using var list = Open(string.Join('\n', Sorted));
        var check = new PasswordCheck(list);

        Assert.Equal(("newPassword", "PasswordBreached"), check.Check(Stolen[7], "somebody", "newPassword") is { } refusal ? (refusal.Field, refusal.Code) : default);
        Assert.Equal("PasswordTooCommon", check.Check("Password1234", "somebody")?.Code);
        Assert.Null(check.Check("a sentence that nobody stole", "somebody"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
