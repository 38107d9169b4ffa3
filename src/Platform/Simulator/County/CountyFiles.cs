using System.Globalization;
using System.Text;

namespace Anlan.Simulator.County;

/// <summary>A planned county as the files that an office would import. Whoever deletes a row finds one record less.</summary>
internal static class CountyFiles
{
    private const int CertificateYears = 6;
    private const int ReviewYears = 3;
    private static readonly DateOnly LastReview = new(2026, 5, 20);

    /// <summary>Kind of records and text of the file, in the order in which they are imported.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="today">Today.</param>
    /// <param name="authority">Who issued the certificates.</param>
    public static IReadOnlyList<(string Kind, string Text)> Of(CountyPlan plan, DateOnly today, string authority) =>
    [
        ("enterprises", Table(["name", "creditCode", "kind", "division", "address"], plan.Enterprises.Select(e => (string?[])[e.Name, e.CreditCode, e.Kind, e.Town.Code, e.Address]))),
        ("people", Table(["name", "identityNumber"], plan.Welders.Select(w => (string?[])[w.Name, w.IdentityNumber]))),
        ("employments", Table(["name", "identityNumber", "enterprise", "kind", "from"],
            plan.Welders.Select(w => (string?[])[w.Name, w.IdentityNumber, plan.Enterprises[w.Enterprise].CreditCode, "permanent", Day(today.AddDays(-200))]))),
        ("certificates", Table(["identityNumber", "number", "category", "subItem", "issuedOn", "reviewDueOn", "expiresOn", "authority"], plan.Welders.Select(w => Certificate(w, today, authority)))),
        ("machines", Table(["code", "kind", "model", "ratedCurrent", "userEnterprise", "ownerEnterprise", "division", "site", "latitude", "longitude", "datum", "chipSerial", "fitting"],
            plan.Machines.Select(m => Machine(m, plan.Enterprises[m.Enterprise])))),
    ];

    /// <summary>A customary certificate number.</summary>
    public static string CertificateNumber(PlannedWelder welder) => "T" + welder.IdentityNumber;

    private static string?[] Certificate(PlannedWelder welder, DateOnly today, string authority)
    {
        var issued = welder.Standing switch
        {
            CountyPlan.Expired => today.AddYears(-CertificateYears).AddDays(-20),
            // Order 19 asks for no review that falls due from June 2026 on: only one due before can be overdue.
            CountyPlan.ReviewOverdue => (today.AddDays(-20) < LastReview ? today.AddDays(-20) : LastReview).AddYears(-ReviewYears),
            _ => today.AddYears(-1).AddDays(-40),
        };
        // Whoever's certificate has run out did come to the review before.
        var due = issued.AddYears(welder.Standing == CountyPlan.Expired ? CertificateYears : ReviewYears);
        return [welder.IdentityNumber, CertificateNumber(welder), "welding", "fusion", Day(issued), Day(due), Day(issued.AddYears(CertificateYears)), authority];
    }

    private static string?[] Machine(PlannedMachine m, PlannedEnterprise user) =>
    [
        m.Code, m.Kind, m.Model, m.RatedCurrent == 0 ? "" : m.RatedCurrent.ToString("0", CultureInfo.InvariantCulture), user.CreditCode, user.CreditCode, user.Town.Code, m.Site,
        m.Latitude.ToString(CultureInfo.InvariantCulture), m.Longitude.ToString(CultureInfo.InvariantCulture), "wgs84", m.Serial, "active",
    ];

    private static string Table(IReadOnlyList<string> headers, IEnumerable<string?[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend([.. headers])) text.AppendJoin(',', row.Select(cell => cell?.Contains(',', StringComparison.Ordinal) == true ? $"\"{cell}\"" : cell)).Append("\r\n");
        return text.ToString();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
