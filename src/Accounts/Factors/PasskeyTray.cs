using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Anlan.Accounts.Factors;

/// <summary>What a challenge was made for: an answer to one serves for no other.</summary>
internal enum ChallengeUse
{
    /// <summary>To enrol a passkey.</summary>
    Enrol,
    /// <summary>To sign in.</summary>
    SignIn,
    /// <summary>To prove that the person is present.</summary>
    Proof,
}

/// <summary>Keeps challenges between page and answer: each for one account and one use, once, for five minutes. Memory only.</summary>
internal sealed class PasskeyTray(TimeProvider clock)
{
    private const int MostOfAccount = 20;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, Kept> _challenges = new(StringComparer.Ordinal);

    /// <summary>Keeps the handler's state; the number under which the answer will come.</summary>
    public string Put(Guid account, ChallengeUse use, string state)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, kept) in _challenges)
        {
            if (kept.Until <= now) _challenges.TryRemove(old, out _);
        }

        // A page that is opened over and over pushes its own oldest challenges out, nobody else's.
        foreach (var (old, _) in _challenges.Where(kept => kept.Value.Account == account).OrderByDescending(kept => kept.Value.Until).Skip(MostOfAccount - 1)) _challenges.TryRemove(old, out _);
        var number = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        _challenges[number] = new Kept(account, use, state, now + Lifetime);
        return number;
    }

    /// <summary>The state, which is gone afterwards; null when it was taken, is too old or was made for another account or use.</summary>
    public string? Take(string? number, Guid account, ChallengeUse use) =>
        number is not null && _challenges.TryRemove(number, out var kept) && kept.Account == account && kept.Use == use && clock.GetUtcNow() < kept.Until ? kept.State : null;

    private sealed record Kept(Guid Account, ChallengeUse Use, string State, DateTimeOffset Until);
}
