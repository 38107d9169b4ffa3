using System.Globalization;
using Anlan.Enterprises.People;
using Anlan.Enterprises.Registry;

namespace Anlan.Tests.Enterprises;

/// <summary>Numbers with right check characters that belong to nobody, each another one; and days.</summary>
internal static class Numbers
{
    private static int _last;

    public static string CreditCode()
    {
        var organisation = string.Create(CultureInfo.InvariantCulture, $"MA{Interlocked.Increment(ref _last):000000}");
        var body = "91990000" + organisation + Anlan.Enterprises.Registry.CreditCode.OrganisationCheck(organisation);
        return body + Anlan.Enterprises.Registry.CreditCode.CheckCharacter(body);
    }

    /// <summary>Of division 990000.</summary>
    public static string IdentityNumber()
    {
        var number = Interlocked.Increment(ref _last);
        var body = string.Create(CultureInfo.InvariantCulture, $"990000{new DateOnly(1960, 1, 1).AddDays(number / 1000):yyyyMMdd}{number % 1000:000}");
        return body + Anlan.Enterprises.People.IdentityNumber.CheckCharacter(body);
    }

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string CertificateNumber() => string.Create(CultureInfo.InvariantCulture, $"NP-{Interlocked.Increment(ref _last):00000000}");
}
