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
    /// <param name="Number">As on the card; without it the number stays as it is, because screens show it masked.</param>
    /// <param name="Category">Category code.</param>
    /// <param name="SubItem">Sub-item code.</param>
    /// <param name="IssuedOn">First day.</param>
    /// <param name="ReviewDueOn">Day by which the next review is due; worked out when left out.</param>
    /// <param name="ReviewedOn">Day of the last passed review.</param>
    /// <param name="ExpiresOn">Last day.</param>
    /// <param name="Authority">Who issued it.</param>
    /// <param name="Version">The version that was shown; when somebody saved a newer one since, nothing is written. Null does not ask.</param>
    public sealed record Request(
        string? Number, string? Category, string? SubItem, DateOnly? IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly? ExpiresOn, string? Authority, int? Version = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/certificates/{certificate:guid}", (Guid certificate, Request request, EditCertificate slice, CancellationToken stop) => slice.RunAsync(certificate, request, stop).ToHttpAsync())
            .RequirePermission(TrainingPermissions.Edit).Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Records).WithTags("Training").WithSummary("Correct or renew a certificate");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (await desk.FindAsync(id, stop) is not { } certificate) return Outcome.Refused("CertificateUnknown");
        if (certificate.RevokedOn is { } revoked) return Outcome.Refused(new Refusal("CertificateRevoked") { Measured = FactValue.Of(revoked) });

        if (request.Version is { } seen && seen != certificate.Version) return Outcome.Refused("ChangedMeanwhile");
        var before = desk.FieldsOf(certificate);
        var number = string.IsNullOrWhiteSpace(request.Number) ? before.Number : request.Number;
        var read = new CertificateForm(number, request.Category, request.SubItem, request.IssuedOn, request.ReviewDueOn, request.ReviewedOn, request.ExpiresOn, request.Authority).Read(desk.Today, desk.Rules);
        if (!read.IsDone) return Outcome.Refused(read.Refusals);
        var after = read.Value;
        if (await desk.CheckHolderAsync(after.Number!, certificate.Person, stop) is { } wrong) return Outcome.Refused(wrong);
        if (desk.IsEntered(after.Number!, after.Category!, after.SubItem!, except: id)) return Outcome.Refused(EnterCertificate.Known);
        var changes = CertificateDesk.Differences(before, after);
        if (changes.Count == 0) return Outcome.Done;

        var carriedWork = CertificateRules.CarriesWork(desk.Rules.StatusOn(desk.Today, certificate.Category, certificate.Dates, certificate.RevokedOn));
        desk.Write(certificate, after);
        desk.TellIfWithdrawn(certificate, carriedWork, before.Category!, before.SubItem!, "edited");
        desk.Record(certificate, ChangeKind.Edited, changes);
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
