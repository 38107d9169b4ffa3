using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Import;
using Anlan.Training.Scans;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Training.Certificates;

/// <summary>
/// Certificates from a file: number, category and sub-item tell them apart, so that a renewed one is the same with new dates. The holder is named by identity number. One that was revoked
/// comes back only with a later day of issue.
/// </summary>
internal sealed class CertificateSheet(TrainingDb db, CertificateIndex index, CertificateDesk desk, CertificateSeal seal, IPeople people, Attachments files, CurrentScope scope, CurrentActor current) : ImportSheet<Certificate>
{
    public static SheetForm Form { get; } = new SheetForm("certificates", typeof(Words), TrainingPermissions.Edit, typeof(CertificateSheet),
    [
        new SheetColumn("identityNumber", "990000199001010017") { IsRequired = true, IsPersonal = true },
        new SheetColumn("number", "T990000199001010017") { IsRequired = true, IsPersonal = true },
        new SheetColumn("category", "") { IsRequired = true, Choices = [.. Catalogue.All.Select(category => new SheetChoice(category.Code, "Category." + category.Code))] },
        new SheetColumn("subItem", "") { IsRequired = true, Choices = [.. Catalogue.All.SelectMany(category => category.SubItems).Distinct(StringComparer.Ordinal).Select(item => new SheetChoice(item, "SubItem." + item))] },
        new SheetColumn("issuedOn", "2023-03-02") { IsRequired = true },
        new SheetColumn("expiresOn", "2029-03-01") { IsRequired = true },
        new SheetColumn("reviewDueOn", "2026-03-02"),
        new SheetColumn("reviewedOn", "2026-02-20"),
        new SheetColumn("authority", "@Import.Example.Authority"),
    ])
    { Order = 40 };

    private sealed record Row(PersonId? Person, CertificateForm Form, CertificateEntry? Known, DateOnly? RevokedOn);

    public override async Task<IReadOnlyList<RowPlan>> PlanAsync(IReadOnlyList<SheetRow> rows, CancellationToken stop)
    {
        var read = new List<Row>();
        foreach (var row in rows) read.Add(await ReadAsync(row, stop));
        var ids = read.Select(row => row.Known?.Id).OfType<Guid>().ToList();
        var records = ids.Count == 0 ? [] : await LoadAsync(ids, stop);
        var plans = new List<RowPlan>();
        foreach (var row in read) plans.Add(await PlanAsync(row, row.Known is { } known ? records.GetValueOrDefault(known.Id) : null, stop));
        return plans;
    }

    protected override Task<Dictionary<Guid, Certificate>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken stop) => db.Certificates.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, stop);

    protected override async Task<IReadOnlyDictionary<Certificate, Refusal>> StandAgainstRemovalAsync(IReadOnlyList<Certificate> records, CancellationToken stop)
    {
        var named = await files.NamingAsync(CertificateScans.Kind, [.. records.Select(record => record.Id)], stop);
        return records.Where(record => named.Contains(record.Id)).ToDictionary(record => record, _ => Attachments.StandInTheWay);
    }

    protected override void Remove(Certificate record)
    {
        if (CarriesWork(record)) db.Context.Publish(new CertificateWithdrawn(record.Id, record.Person, "importUndone"));
        db.Certificates.Remove(record);
        db.Context.Audit("training.certificate.removed", $"person/{record.Person.Value}", new { certificate = record.Id, import = true });
    }

    protected override void Restore(Certificate record, string before) => Write(record, desk.FieldsOf(record), JsonSerializer.Deserialize<CertificateFields>(before)!, "importUndone");

    private async Task<Row> ReadAsync(SheetRow row, CancellationToken stop)
    {
        var identity = row.Text("identityNumber");
        var person = identity is null ? null : await people.FindByIdentityNumberAsync(identity.ToUpperInvariant(), stop);
        var form = new CertificateForm(
            row.Text("number"), row.Word("category"), row.Word("subItem"), row.Day("issuedOn"), row.Day("reviewDueOn"), row.Day("reviewedOn"), row.Day("expiresOn"), row.Text("authority"));
        var same = form.Number is null ? [] : index.WithNumber(CertificateNumber.Normalise(form.Number)).Where(c => c.Category == form.Category && c.SubItem == form.SubItem).ToList();
        return new Row(person, form, same.Find(c => c.RevokedOn is null), same.Max(c => c.RevokedOn));
    }

    private async Task<RowPlan> PlanAsync(Row row, Certificate? known, CancellationToken stop)
    {
        // Whoever gives the whole number has the card in hand; whose certificates one may enter is another question.
        if (row.Person is not { } person || !people.IsWithin(person, scope.Now)) return RowPlan.Refused(Refusal.OfField("identityNumber", "PersonUnknown"));
        var before = known is null ? null : desk.FieldsOf(known);
        // A blank cell keeps what is there, as long as it is the certificate of the same day of issue: a renewed one begins anew.
        var form = before is null || row.Form.IssuedOn != before.IssuedOn
            ? row.Form with { Authority = row.Form.Authority ?? before?.Authority }
            : row.Form with { ReviewDueOn = row.Form.ReviewDueOn ?? before.ReviewDueOn, ReviewedOn = row.Form.ReviewedOn ?? before.ReviewedOn, Authority = row.Form.Authority ?? before.Authority };
        var checkedForm = form.Read(desk.Today, desk.Rules);
        if (!checkedForm.IsDone) return RowPlan.Refused(checkedForm.Refusals);
        var after = checkedForm.Value;
        if (await desk.CheckHolderAsync(after.Number!, person, stop) is { } wrong) return RowPlan.Refused(wrong);
        var key = $"{after.Number} {after.Category} {after.SubItem}";
        if (known is null)
        {
            if (row.RevokedOn is { } revoked && after.IssuedOn <= revoked) return RowPlan.Refused(Refusal.OfField("number", "CertificateRevoked") with { Measured = FactValue.Of(revoked) });
            return RowPlan.Create(key, () => Enter(person, after));
        }

        if (CertificateDesk.Differences(before, after).Count == 0) return RowPlan.Same(key);
        return RowPlan.Update(key, () =>
        {
            Write(known, before!, after, "edited");
            return new RowChange(known.Id, known, JsonSerializer.Serialize(before));
        });
    }

    private RowChange Enter(PersonId person, CertificateFields fields)
    {
        var id = Guid.CreateVersion7();
        var certificate = new Certificate
        {
            Id = id,
            Person = person,
            Number = seal.Seal(id, fields.Number!),
            NumberIndex = seal.IndexOf(fields.Number!),
            Category = fields.Category!,
            SubItem = fields.SubItem!,
            EnteredAt = desk.Now,
        };
        desk.Write(certificate, fields);
        desk.TellIfWithdrawn(certificate, carriedWork: false, certificate.Category, certificate.SubItem, "entered");
        db.Context.Insert(certificate);
        Record(certificate, ChangeKind.Entered, CertificateDesk.Differences(null, fields));
        return new RowChange(id, certificate, null);
    }

    private void Write(Certificate certificate, CertificateFields before, CertificateFields after, string reason)
    {
        var carriedWork = CarriesWork(certificate);
        desk.Write(certificate, after);
        desk.TellIfWithdrawn(certificate, carriedWork, before.Category!, before.SubItem!, reason);
        Record(certificate, ChangeKind.Edited, CertificateDesk.Differences(before, after));
    }

    private bool CarriesWork(Certificate c) => CertificateRules.CarriesWork(desk.Rules.StatusOn(desk.Today, c.Category, c.Dates, c.RevokedOn));

    private void Record(Certificate certificate, ChangeKind kind, IReadOnlyList<FieldChange> changes)
    {
        db.Context.Insert(CertificateChange.Of(certificate, kind, changes, current.Actor, desk.Now));
        db.Context.Audit($"training.certificate.{kind.ToString().ToLowerInvariant()}", $"person/{certificate.Person.Value}", new { certificate = certificate.Id, fields = changes.Select(f => f.Field), import = true });
    }
}
