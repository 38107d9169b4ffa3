using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Training.Certificates;

/// <summary>What entering, editing, reviewing and revoking share: finding within scope, whose number it is, history, and telling that a certificate carries no work any more.</summary>
internal sealed class CertificateDesk(TrainingDb db, CertificateIndex index, CertificateSeal seal, IPeople people, CurrentScope scope, CertificateRules rules, CurrentActor current, CityCalendar calendar)
{
    public DateOnly Today => calendar.Today;

    /// <summary>What the rule book says of certificates.</summary>
    public CertificateRules Rules => rules;

    public DateTimeOffset Now => calendar.Now;

    /// <summary>The certificate, tracked, or null when there is none within scope.</summary>
    public async Task<Certificate?> FindAsync(Guid id, CancellationToken stop) =>
        await db.Certificates.SingleOrDefaultAsync(c => c.Id == id, stop) is { } certificate && people.IsWithin(certificate.Person, scope.Now) ? certificate : null;

    /// <summary>A number of the customary form names its holder; every other number belongs to whoever has it first.</summary>
    public async Task<Refusal?> CheckHolderAsync(string number, PersonId person, CancellationToken stop)
    {
        if (CertificateNumber.IdentityNumberIn(number) is { } identity && await people.FindByIdentityNumberAsync(identity, stop) != person) return Refusal.OfField("number", "CertificateNumberOfAnother") with { Rule = IdentifierRules.IdentityNumber };
        return index.WithNumber(number).Any(c => c.Person != person) ? Refusal.OfField("number", "CertificateNumberTaken") : null;
    }

    /// <summary>True when another certificate in force or to be renewed has the same number, category and sub-item.</summary>
    public bool IsEntered(string number, string category, string subItem, Guid? except = null) =>
        index.WithNumber(number).Any(c => c.Id != except && c.RevokedOn is null && c.Category == category && c.SubItem == subItem);

    /// <summary>Writes one line of the history, and the audit.</summary>
    public void Record(Certificate certificate, ChangeKind kind, IReadOnlyList<FieldChange> fields, string? reason = null)
    {
        db.Changes.Add(CertificateChange.Of(certificate, kind, fields, current.Actor, Now, reason));
        db.Context.Audit(
            $"training.certificate.{kind.ToString().ToLowerInvariant()}", $"person/{certificate.Person.Value}", new { certificate = certificate.Id, fields = fields.Select(f => f.Field), reason });
    }

    /// <summary>After a change: tells once when it took away what carried work, and remembers whether a lapse is still to be told.</summary>
    public void TellIfWithdrawn(Certificate certificate, bool carriedWork, string category, string subItem, string reason)
    {
        var status = rules.StatusOn(Today, certificate.Category, certificate.Dates, certificate.RevokedOn);
        var carries = CertificateRules.CarriesWork(status) && certificate.Category == category && certificate.SubItem == subItem;
        certificate.LapseToldAt = CertificateRules.CarriesWork(status) ? null : certificate.LapseToldAt ?? Now;
        if (carriedWork && !carries) db.Context.Publish(new CertificateWithdrawn(certificate.Id, certificate.Person, reason));
    }

    /// <summary>The changes between two states, the number masked.</summary>
    public static IReadOnlyList<FieldChange> Differences(CertificateFields? before, CertificateFields after)
    {
        var fields = new (string Name, string? Before, string? After)[]
        {
            ("number", before?.Number, after.Number),
            ("category", before?.Category, after.Category),
            ("subItem", before?.SubItem, after.SubItem),
            ("issuedOn", before?.IssuedOn.Day(), after.IssuedOn.Day()),
            ("reviewDueOn", before?.ReviewDueOn?.Day(), after.ReviewDueOn?.Day()),
            ("reviewedOn", before?.ReviewedOn?.Day(), after.ReviewedOn?.Day()),
            ("expiresOn", before?.ExpiresOn.Day(), after.ExpiresOn.Day()),
            ("authority", before?.Authority, after.Authority),
        };
        return [.. fields.Where(f => f.Before != f.After).Select(f => f.Name == "number" ? new FieldChange(f.Name, Masked(f.Before), Masked(f.After)) : new FieldChange(f.Name, f.Before, f.After))];
    }

    /// <summary>The plain fields of a certificate.</summary>
    public CertificateFields FieldsOf(Certificate c) => new(seal.Open(c), c.Category, c.SubItem, c.IssuedOn, c.ReviewDueOn, c.ReviewedOn, c.ExpiresOn, c.Authority);

    /// <summary>Writes normalised, checked fields to a certificate.</summary>
    public void Write(Certificate certificate, CertificateFields fields)
    {
        if (!seal.IndexesOf(fields.Number!).Contains(certificate.NumberIndex)) (certificate.Number, certificate.NumberIndex) = (seal.Seal(certificate.Id, fields.Number!), seal.IndexOf(fields.Number!));
        (certificate.Category, certificate.SubItem) = (fields.Category!, fields.SubItem!);
        (certificate.IssuedOn, certificate.ReviewDueOn, certificate.ReviewedOn, certificate.ExpiresOn) = (fields.IssuedOn, fields.ReviewDueOn, fields.ReviewedOn, fields.ExpiresOn);
        certificate.Authority = fields.Authority;
    }

    private static string? Masked(string? number) => number is null ? null : CertificateNumber.Mask(number);
}
