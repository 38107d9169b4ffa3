using Anlan.Kernel.Outcomes;

namespace Anlan.Training.Certificates;

/// <summary>What somebody typed about a certificate, days possibly missing.</summary>
internal sealed record CertificateForm(
    string? Number, string? Category, string? SubItem, DateOnly? IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly? ExpiresOn, string? Authority)
{
    /// <summary>Normalised, checked fields, or everything that is wrong with them.</summary>
    public Outcome<CertificateFields> Read(DateOnly today, CertificateRules rules)
    {
        List<Refusal> missing = [];
        if (IssuedOn is null) missing.Add(Refusal.OfField("issuedOn", "IssuedMissing"));
        if (ExpiresOn is null) missing.Add(Refusal.OfField("expiresOn", "ExpiresMissing"));
        var fields = new CertificateFields(Number, Category, SubItem, IssuedOn ?? default, ReviewDueOn, ReviewedOn, ExpiresOn ?? default, Authority);
        if (missing.Count > 0) return Outcome<CertificateFields>.Refused([.. fields.CheckWords(), .. missing]);
        fields = fields.Normalised(rules);
        return fields.Check(today, rules) is { Count: > 0 } refusals ? Outcome<CertificateFields>.Refused(refusals) : fields;
    }
}
