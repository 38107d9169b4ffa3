using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Training.Certificates;

/// <summary>Corrects a certificate or enters its renewal. Its holder never changes: another person's certificate is another certificate.</summary>
internal sealed class EditCertificate(TrainingDb db, CertificateDesk desk)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/certificates/{certificate:guid}", (Guid certificate, CertificateForm request, EditCertificate slice, CancellationToken stop) => slice.RunAsync(certificate, request, stop).ToHttpAsync())
            .RequirePermission(TrainingPermissions.Edit).Produces(StatusCodes.Status204NoContent).WithTags("Training").WithSummary("Correct or renew a certificate");

    /// <param name="id">The certificate.</param>
    /// <param name="request">All fields as they shall be; without a number it stays as it is, because screens show it masked.</param>
    /// <param name="stop">Stops.</param>
    public async Task<Outcome> RunAsync(Guid id, CertificateForm request, CancellationToken stop)
    {
        if (await desk.FindAsync(id, stop) is not { } certificate) return Outcome.Refused("CertificateUnknown");
        if (certificate.RevokedOn is { } revoked) return Outcome.Refused(new Refusal("CertificateRevoked") { Measured = FactValue.Of(revoked) });

        var before = desk.FieldsOf(certificate);
        var read = (string.IsNullOrWhiteSpace(request.Number) ? request with { Number = before.Number } : request).Read(desk.Today);
        if (!read.IsDone) return Outcome.Refused(read.Refusals);
        var after = read.Value;
        if (await desk.CheckHolderAsync(after.Number!, certificate.Person, stop) is { } wrong) return Outcome.Refused(wrong);
        if (desk.IsEntered(after.Number!, after.Category!, after.SubItem!, except: id)) return Outcome.Refused(EnterCertificate.Known);
        var changes = CertificateDesk.Differences(before, after);
        if (changes.Count == 0) return Outcome.Done;

        var carriedWork = CertificateRules.CarriesWork(CertificateRules.StatusOn(desk.Today, certificate.Dates, certificate.RevokedOn));
        desk.Write(certificate, after);
        desk.TellIfWithdrawn(certificate, carriedWork, before.Category!, before.SubItem!, "edited");
        desk.Record(certificate, ChangeKind.Edited, changes);
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
