using Anlan.Contracts.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Enterprises.People;

/// <summary>Opens a person's telephone for a message to that person.</summary>
internal sealed class PersonContacts(EnterprisesDb db, PersonSeal seal) : IContacts
{
    private const int MobileLength = 11;

    public async Task<string?> FindMobileAsync(PersonId person, CancellationToken stop)
    {
        if (await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == person, stop) is not { } found || seal.Open(found).Phone is not { } phone) return null;
        // Numbers are kept as they were typed, with or without the country code.
        var digits = phone.TrimStart('+');
        var number = digits.Length == MobileLength + 2 && digits.StartsWith("86", StringComparison.Ordinal) ? digits[2..] : digits;
        return number.Length == MobileLength && number[0] == '1' ? number : null;
    }
}
