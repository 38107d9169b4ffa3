using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Training.Certificates;

/// <summary>What Training keeps of a person: certificates with their history. An erasure takes all of it, because numbers hold identity numbers.</summary>
internal sealed class HolderRecords(TrainingDb db, CertificateSeal seal, CertificateIndex index, CertificateRules rules, RuleBook book, CityCalendar calendar) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop)
    {
        var certificates = await db.Certificates.AsNoTracking().Where(c => c.Person == person).OrderBy(c => c.IssuedOn).ToListAsync(stop);
        var ids = certificates.ConvertAll(c => c.Id);
        var changes = await db.Changes.AsNoTracking().Where(c => ids.Contains(c.Certificate)).OrderBy(c => c.Id).ToListAsync(stop);
        return
        [
            new PersonSection("certificates", ["number", "category", "subItem", "issuedOn", "reviewDueOn", "reviewedOn", "expiresOn", "authority", "revokedOn", "reason"],
                [.. certificates.Select(c => (string?[])[seal.Open(c), c.Category, c.SubItem, c.IssuedOn.Day(), c.ReviewDueOn?.Day(), c.ReviewedOn?.Day(), c.ExpiresOn.Day(), c.Authority, c.RevokedOn?.Day(), c.RevokeReason])]),
            new PersonSection("certificateChanges", ["at", "by", "kind", "fields", "reason"],
                [.. changes.Select(c => (string?[])[calendar.Local(c.At).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), c.By, c.Kind.ToString(), c.Fields, c.Reason])]),
        ];
    }

    public Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop)
    {
        var today = calendar.Today;
        var carrying = index.Of(person).FirstOrDefault(c => CertificateRules.CarriesWork(c.StatusOn(today, rules)));
        return Task.FromResult<IReadOnlyList<Refusal>>(carrying is null ? [] : [book.Demand(ErasureQuestions.Certified, new RuleCase(today)).Refuse("ErasureCertified", FactValue.Of(carrying.Dates.ExpiresOn))]);
    }

    public async Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop) =>
    [
        new ErasureLine("certificates", await db.Certificates.CountAsync(c => c.Person == person, stop), IsErased: true),
        new ErasureLine("certificateChanges", await db.Changes.CountAsync(change => db.Certificates.Any(c => c.Person == person && c.Id == change.Certificate), stop), IsErased: true),
    ];

    public async Task EraseAsync(PersonId person, CancellationToken stop)
    {
        var certificates = await db.Certificates.Where(c => c.Person == person).ToListAsync(stop);
        var ids = certificates.ConvertAll(c => c.Id);
        db.Changes.RemoveRange(await db.Changes.Where(c => ids.Contains(c.Certificate)).ToListAsync(stop));
        db.Certificates.RemoveRange(certificates);
    }
}
