using Anlan.Contracts.Training;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Training.Certificates;

/// <summary>Revokes a certificate: it carries nothing from the commit on, and the event ends work that runs on it.</summary>
internal sealed class RevokeCertificate(TrainingDb db, CertificateDesk desk)
{
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/certificates/{certificate:guid}/revoke", (Guid certificate, Request request, RevokeCertificate slice, CancellationToken stop) => slice.RunAsync(certificate, request, stop).ToHttpAsync())
            .RequirePermission(TrainingPermissions.Revoke).Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Records).WithTags("Training").WithSummary("Revoke a certificate");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (CertificateFields.CheckReason(request.Reason) is { } wrong) return Outcome.Refused(wrong);
        if (await desk.FindAsync(id, stop) is not { } certificate) return Outcome.Refused("CertificateUnknown");
        if (certificate.RevokedOn is { } revoked) return Outcome.Refused(new Refusal("CertificateRevoked") { Measured = FactValue.Of(revoked) });

        var reason = request.Reason!.Trim();
        (certificate.RevokedOn, certificate.RevokeReason, certificate.LapseToldAt) = (desk.Today, reason, certificate.LapseToldAt ?? desk.Now);
        desk.Record(certificate, ChangeKind.Revoked, [new FieldChange("revokedOn", null, desk.Today.Day())], reason);
        db.Context.Publish(new CertificateWithdrawn(id, certificate.Person, reason));
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
