using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Training.Scans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Training.Certificates;

/// <summary>One certificate with its history, newest first, the number masked.</summary>
internal sealed class ShowCertificate(TrainingDb db, CertificateSeal seal, IPeople people, CurrentScope scope, PeopleSeen seen, CertificateRules rules, CityCalendar calendar, Attachments files)
{
    /// <param name="Scans">Its scans, without their contents.</param>
    /// <param name="Rules">Rules behind a status that is not plainly valid, the deciding one first.</param>
    public sealed record Shown(
        Guid Id, Guid Person, string PersonName, string Number, string Category, string SubItem, DateOnly IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly ExpiresOn,
        DateOnly? RevokedOn, string? RevokeReason, string? Authority, CertificateStatus Status, IReadOnlyList<ShownRule> Rules, DateTimeOffset EnteredAt, int Version, IReadOnlyList<ShownChange> History,
        IReadOnlyList<FileRow> Scans);

    /// <param name="Id">The rule.</param>
    /// <param name="On">The day that makes it apply.</param>
    public sealed record ShownRule(string Id, DateOnly On);

    public sealed record ShownChange(DateTimeOffset At, string By, ChangeKind Kind, IReadOnlyList<FieldChange> Fields, string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/certificates/{certificate:guid}", (Guid certificate, ShowCertificate slice, CancellationToken stop) => slice.RunAsync(certificate, stop).ToHttpAsync())
            .RequirePermission(TrainingPermissions.View).Produces<Shown>().Scoped(ScopedBy.Records).ShowsPeople().WithTags("Training").WithSummary("Show a certificate and its history");

    public async Task<Outcome<Shown>> RunAsync(Guid id, CancellationToken stop)
    {
        if (await db.Certificates.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, stop) is not { } c || !people.IsWithin(c.Person, scope.Now)) return new Refusal("CertificateUnknown");
        var changes = await db.Changes.AsNoTracking().Where(h => h.Certificate == id).OrderByDescending(h => h.Id).ToListAsync(stop);
        var status = rules.StatusOn(calendar.Today, c.Category, c.Dates, c.RevokedOn);
        var answer = rules.RuleFor(status, calendar.Today, c.Category, c.Dates);
        seen.Add(CertificateViews.One, c.Person.Value);
        return new Shown(
            id, c.Person.Value, people.Find(c.Person)?.MaskedName ?? "", CertificateNumber.Mask(seal.Open(c)), c.Category, c.SubItem, c.IssuedOn, c.ReviewDueOn, c.ReviewedOn, c.ExpiresOn,
            c.RevokedOn, c.RevokeReason, c.Authority, status, [.. answer?.Rules.Select(applied => new ShownRule(applied.Rule.Id, applied.On)) ?? []], c.EnteredAt, c.Version,
            [.. changes.Select(h => new ShownChange(h.At, h.By, h.Kind, h.ReadFields(), h.Reason))],
            await files.ListAsync(CertificateScans.Kind, id, stop));
    }
}
