using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Anlan.Accounts.Registry;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.Options;

namespace Anlan.Accounts.SetUp;

/// <summary>
/// The one-time link that makes the first administrator. Only its hash is kept, in memory: a new start makes a new one while no
/// administrator exists, or when whoever runs the machine asks for one (<see cref="AccountsOptions.SetUpAgain"/>).
/// </summary>
internal sealed class SetUpLink(DataFolder data, AccountIndex index, IOptions<AccountsOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[]? _hash;

    /// <summary>The file with the link, for whoever has the machine but not the terminal.</summary>
    public string FilePath => Path.Combine(data.Root, "set-up-link.txt");

    /// <summary>Makes a link below this address, or null once an administrator exists.</summary>
    public string? Make(string address)
    {
        Forget();
        if (!IsWanted) return null;
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _hash = SHA256.HashData(Encoding.ASCII.GetBytes(token));
        var link = $"{address.TrimEnd('/')}/set-up/{token}";
        DataFolder.WriteSecret(FilePath, Encoding.ASCII.GetBytes(link + "\n"));
        return link;
    }

    /// <summary>True while this token may make the first administrator.</summary>
    public bool IsOpen(string? token)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token ?? ""));
        return _hash is { } expected && CryptographicOperations.FixedTimeEquals(hash, expected) && IsWanted;
    }

    // Whoever starts the program owns the data anyway: the way in when no administrator can sign in any more.
    private bool IsWanted => options.Value.SetUpAgain || !index.HasAdministrator;

    /// <summary>The link is worthless from now on.</summary>
    public void Forget()
    {
        _hash = null;
        File.Delete(FilePath);
    }

    /// <summary>One use at a time.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
