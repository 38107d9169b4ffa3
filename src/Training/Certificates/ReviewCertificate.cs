using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Training.Certificates;

/// <summary>Enters a passed review: the next one is worked out from the day on which this one was due.</summary>
internal sealed class ReviewCertificate(TrainingDb db, CertificateDesk desk)
{
    /// <param name="ReviewedOn">Day of the review; today when left out.</param>
    public sealed record Request(DateOnly? ReviewedOn);

    /// <param name="ReviewDueOn">When the next review is due, or null when none is.</param>
    public sealed record Reviewed(DateOnly? ReviewDueOn);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/certificates/{certificate:guid}/review", (Guid certificate, Request request, ReviewCertificate slice, CancellationToken stop) => slice.RunAsync(certificate, request, stop).ToHttpAsync())
            .RequirePermission(TrainingPermissions.Edit).Produces<Reviewed>().Scoped(ScopedBy.Records).WithTags("Training").WithSummary("Enter a passed review");

    public async Task<Outcome<Reviewed>> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (await desk.FindAsync(id, stop) is not { } certificate) return new Refusal("CertificateUnknown");
        if (certificate.RevokedOn is { } revoked) return new Refusal("CertificateRevoked") { Measured = FactValue.Of(revoked) };
        var on = request.ReviewedOn ?? desk.Today;
        if (certificate.ReviewDueOn is not { } due) return new Refusal("NoReviewDue");
        if (on > certificate.ExpiresOn) return Refusal.OfField("reviewedOn", "ReviewedAfterExpiry") with { Measured = FactValue.Of(on), Limit = FactValue.Of(certificate.ExpiresOn) };

        var before = desk.FieldsOf(certificate);
        var after = before with { ReviewedOn = on, ReviewDueOn = desk.Rules.NextReview(certificate.Category, due, certificate.ExpiresOn, certificate.IssuedOn) };
        if (after.Check(desk.Today, desk.Rules) is { Count: > 0 } refusals) return Outcome<Reviewed>.Refused(refusals);
        desk.Write(certificate, after);
        desk.TellIfWithdrawn(certificate, carriedWork: false, certificate.Category, certificate.SubItem, "reviewed");
        desk.Record(certificate, ChangeKind.Reviewed, CertificateDesk.Differences(before, after));
        return await db.Context.TrySaveAsync(stop) ? new Reviewed(after.ReviewDueOn) : new Refusal("ChangedMeanwhile");
    }
}
