using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Ui;
using Anlan.Training.Scans;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Training.Certificates;

/// <summary>What Training keeps of a person: certificates with their history and scans. An erasure takes all of it, because numbers hold identity numbers.</summary>
internal sealed class HolderRecords(TrainingDb db, CertificateSeal seal, CertificateIndex index, CertificateRules rules, RuleBook book, CityCalendar calendar, Attachments files) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop)
    {
        var certificates = await db.Certificates.AsNoTracking().Where(c => c.Person == person).OrderBy(c => c.IssuedOn).ToListAsync(stop);
        var ids = certificates.ConvertAll(c => c.Id);
        var changes = await db.Changes.AsNoTracking().Where(c => ids.Contains(c.Certificate)).OrderBy(c => c.Id).ToListAsync(stop);
        var scans = await files.AllAsync(CertificateScans.Kind, ids, stop);
        return
        [
            new PersonSection("certificates", ["number", "category", "subItem", "issuedOn", "reviewDueOn", "reviewedOn", "expiresOn", "authority", "revokedOn", "reason"],
                [.. certificates.Select(c => (string?[])[seal.Open(c), c.Category, c.SubItem, c.IssuedOn.Day(), c.ReviewDueOn?.Day(), c.ReviewedOn?.Day(), c.ExpiresOn.Day(), c.Authority, c.RevokedOn?.Day(), c.RevokeReason])]),
            new PersonSection("certificateChanges", ["at", "by", "kind", "fields", "reason"],
                [.. changes.Select(c => (string?[])[Moment(c.At), c.By, c.Kind.ToString(), c.Fields, c.Reason])]),
            new PersonSection("certificateScans", ["at", "by", "kind", "file", "withdrawnAt", "reason"],
                [.. scans.Select(s => (string?[])[Moment(s.At), s.By, s.Part, FileOf(s), s.WithdrawnAt is { } gone ? Moment(gone) : null, s.WithdrawReason])])
            {
                Files = await ReadAsync(scans, stop),
            },
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
        new ErasureLine("certificateScans", (await files.AllAsync(CertificateScans.Kind, await IdsAsync(person, stop), stop)).Count, IsErased: true),
        new ErasureLine("certificateChanges", await db.Changes.CountAsync(change => db.Certificates.Any(c => c.Person == person && c.Id == change.Certificate), stop), IsErased: true),
    ];

    public async Task EraseAsync(PersonId person, CancellationToken stop)
    {
        var certificates = await db.Certificates.Where(c => c.Person == person).ToListAsync(stop);
        var ids = certificates.ConvertAll(c => c.Id);
        db.Changes.RemoveRange(await db.Changes.Where(c => ids.Contains(c.Certificate)).ToListAsync(stop));
        await files.EraseAsync(CertificateScans.Kind, ids, stop);
        db.Certificates.RemoveRange(certificates);
    }

    private Task<List<Guid>> IdsAsync(PersonId person, CancellationToken stop) => db.Certificates.Where(c => c.Person == person).Select(c => c.Id).ToListAsync(stop);

    private string Moment(DateTimeOffset at) => calendar.Local(at).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static string FileOf(AttachedFile scan) => $"{scan.Id}.{MediaType.Named(scan.MediaType).Ending}";

    // One that cannot be opened any more is missing from the archive; the table names it, and the server's log says why.
    private async Task<IReadOnlyList<PersonFile>> ReadAsync(IReadOnlyList<AttachedFile> scans, CancellationToken stop)
    {
        List<PersonFile> read = [];
        foreach (var scan in scans)
        {
            var opened = await files.OpenAsync(scan, stop);
            if (!opened.IsDone) continue;
            await using var content = opened.Value;
            read.Add(new PersonFile(FileOf(scan), await content.ReadAsync(stop)));
        }

        return read;
    }
}
