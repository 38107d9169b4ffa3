using System.Collections.Concurrent;
using Anlan.Accounts.Invitations;

namespace Anlan.Accounts.Slips;

/// <summary>A slip on a sheet.</summary>
/// <param name="Person">The welder.</param>
/// <param name="Name">Masked name.</param>
/// <param name="Enterprise">Name of the enterprise that hands it out.</param>
/// <param name="Code">The code in plain.</param>
internal sealed record SheetSlip(Guid Person, string Name, string Enterprise, string Code);

/// <summary>Slips that were made in one go.</summary>
/// <param name="Id">The sheet.</param>
/// <param name="Slips">In the order in which they are handed out.</param>
/// <param name="ExpiresAt">End of the codes.</param>
internal sealed record SlipSheet(Guid Id, IReadOnlyList<SheetSlip> Slips, DateTimeOffset ExpiresAt);

/// <summary>
/// Hands sheets to the page that prints them: to the account that made them, for half an hour, because a printer may jam; the newest three of an account. Memory only:
/// codes in plain are never written down, and after a restart new slips are made. Single slips go through <see cref="SlipTray"/>.
/// </summary>
internal sealed class SlipSheets(TimeProvider clock)
{
    private const int MostOfAccount = 3;

    /// <summary>How long a sheet can be printed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<Guid, (SlipSheet Sheet, Guid Account, DateTimeOffset Until)> _sheets = new();

    public void Put(SlipSheet sheet, Guid account)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, _) in _sheets.Where(kept => kept.Value.Until <= now)) _sheets.TryRemove(id, out _);
        foreach (var (id, _) in _sheets.Where(kept => kept.Value.Account == account).OrderByDescending(kept => kept.Value.Until).Skip(MostOfAccount - 1)) _sheets.TryRemove(id, out _);
        _sheets[sheet.Id] = (sheet, account, now + Lifetime);
    }

    /// <summary>The sheet, or null when it is too old or belongs to another account.</summary>
    public SlipSheet? Find(Guid sheet, Guid account) => _sheets.TryGetValue(sheet, out var found) && found.Account == account && clock.GetUtcNow() < found.Until ? found.Sheet : null;
}
