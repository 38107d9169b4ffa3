using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.CertificateClaims;

/// <summary>Welders who asked for an account with their certificate and wait to be seen.</summary>
internal sealed class CertificateClaimTasks(AccountsDb db, IPeople people, CurrentScope scope, CityCalendar calendar, IStringLocalizer<Words> words) : IDeskTasks
{
    public async Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var now = calendar.Now;
        var ends = (await db.CertificateClaims.AsNoTracking().Where(c => c.ExpiresAt > now).Select(c => new { c.Person, c.ExpiresAt }).ToListAsync(stop)).Where(c => people.IsWithin(c.Person, scope.Now)).Select(c => c.ExpiresAt).ToList();
        return ends.Count == 0 ? [] : [new DeskTask("user", words["Desk.Claims", ends.Count], words["Desk.Claims.Why"], calendar.DateOf(ends.Min()), words["Desk.See"], "/accounts/claims")];
    }
}
