using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Training.Certificates;

/// <summary>One certificate with its history, newest first, the number masked.</summary>
internal sealed class ShowCertificate(TrainingDb db, CertificateSeal seal, IPeople people, Reach reach, CityCalendar calendar)
{
    /// <param name="Rule">Rule behind a status that is not plainly valid, or null.</param>
    public sealed record Shown(
        Guid Id, Guid Person, string PersonName, string Number, string Category, string SubItem, DateOnly IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly ExpiresOn,
        DateOnly? RevokedOn, string? RevokeReason, string? Authority, CertificateStatus Status, string? Rule, DateTimeOffset EnteredAt, int Version, IReadOnlyList<ShownChange> History);

    public sealed record ShownChange(DateTimeOffset At, string By, ChangeKind Kind, IReadOnlyList<FieldChange> Fields, string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/certificates/{certificate:guid}", (Guid certificate, ShowCertificate slice, CancellationToken stop) => slice.RunAsync(certificate, stop).ToHttpAsync())
            .RequirePermission(TrainingPermissions.View).Produces<Shown>().WithTags("Training").WithSummary("Show a certificate and its history");

    public async Task<Outcome<Shown>> RunAsync(Guid id, CancellationToken stop)
    {
        if (await db.Certificates.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, stop) is not { } c || !reach.Includes(c.Person)) return new Refusal("CertificateUnknown");
        var changes = await db.Changes.AsNoTracking().Where(h => h.Certificate == id).OrderByDescending(h => h.Id).ToListAsync(stop);
        var status = CertificateRules.StatusOn(calendar.Today, c.Dates, c.RevokedOn);
        return new Shown(
            id, c.Person.Value, people.Find(c.Person)?.MaskedName ?? "", CertificateNumber.Mask(seal.Open(c)), c.Category, c.SubItem, c.IssuedOn, c.ReviewDueOn, c.ReviewedOn, c.ExpiresOn,
            c.RevokedOn, c.RevokeReason, c.Authority, status, CertificateRules.RuleFor(status, c.Dates)?.Id, c.EnteredAt, c.Version,
            [.. changes.Select(h => new ShownChange(h.At, h.By, h.Kind, h.ReadFields(), h.Reason))]);
    }
}
