using System.Collections.Concurrent;

namespace Anlan.Accounts.Invitations;

/// <summary>An invitation as it is printed.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="Role">Role of the account.</param>
/// <param name="For">Shown name of the person.</param>
/// <param name="Code">The code in plain.</param>
/// <param name="ClaimUrl">Path of the claim page.</param>
/// <param name="ExpiresAt">End of the code.</param>
internal sealed record Slip(Guid Id, string Role, string? For, string Code, string ClaimUrl, DateTimeOffset ExpiresAt);

/// <summary>Hands a slip from the page that made the invitation to the page that prints it: once, to the same account, within ten minutes, the newest hundred of an account. Memory only.</summary>
internal sealed class SlipTray(TimeProvider clock)
{
    private const int MostOfAccount = 100;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<Guid, (Slip Slip, Guid Account, DateTimeOffset Until)> _slips = new();

    public void Put(Slip slip, Guid account)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, old) in _slips)
        {
            if (old.Until <= now) _slips.TryRemove(id, out _);
        }

        foreach (var (id, _) in _slips.Where(kept => kept.Value.Account == account).OrderByDescending(kept => kept.Value.Until).Skip(MostOfAccount - 1)) _slips.TryRemove(id, out _);

        _slips[slip.Id] = (slip, account, now + Lifetime);
    }

    /// <summary>The slip, which is gone afterwards; null when it was taken, is too old or belongs to another account.</summary>
    public Slip? Take(Guid invitation, Guid account)
    {
        if (!_slips.TryGetValue(invitation, out var found) || found.Account != account) return null;
        return _slips.TryRemove(invitation, out found) && clock.GetUtcNow() < found.Until ? found.Slip : null;
    }
}
