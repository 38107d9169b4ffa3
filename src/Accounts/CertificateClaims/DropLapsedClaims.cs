using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Accounts.CertificateClaims;

/// <summary>Deletes claims by certificate that nobody confirmed in time: they hold the hashes of a password and a PIN that serve nothing any more.</summary>
internal sealed class DropLapsedClaims(IServiceScopeFactory scopes, CityCalendar calendar, TimeProvider clock, ILogger<DropLapsedClaims> logger) : DayTurn(calendar, clock, logger)
{
    public override async Task<int> RunAsync(DateOnly today, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var now = Calendar.Now;
        var lapsed = await db.CertificateClaims.Where(c => c.ExpiresAt <= now).ToListAsync(stop);
        if (lapsed.Count == 0) return 0;
        db.CertificateClaims.RemoveRange(lapsed);
        foreach (var claim in lapsed) db.Context.Audit("accounts.claim.lapsed", $"person/{claim.Person.Value}", new { claim = claim.Id });
        return await db.Context.TrySaveAsync(stop) ? lapsed.Count : 0;
    }
}
