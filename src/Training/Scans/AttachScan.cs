using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Training.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Training.Scans;

/// <summary>Attaches a scan to a certificate.</summary>
internal sealed class AttachScan(TrainingDb db, CertificateDesk desk, Attachments files)
{
    /// <param name="Id">The scan.</param>
    /// <param name="Hash">SHA-256 over the bytes as they are kept, sealed.</param>
    public sealed record Attached(Guid Id, string Hash);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/certificates/{certificate:guid}/scans", (Guid certificate, string? part, HttpRequest request, AttachScan slice, CancellationToken stop) => slice.RunAsync(certificate, part ?? "other", request.Body, stop).ToHttpAsync())
            .RequirePermission(TrainingPermissions.Edit).AcceptsFile(CertificateScans.Terms).Produces<Attached>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Training").WithSummary("Attach a scan to a certificate: the file as the body; part is front, back or other");

    public async Task<Outcome<Attached>> RunAsync(Guid id, string part, Stream content, CancellationToken stop)
    {
        if (Attachments.CheckPart(part, CertificateScans.Parts) is { } wrong) return wrong;
        if (await desk.FindAsync(id, stop) is not { } certificate) return new Refusal("CertificateUnknown");
        var added = await files.AddAsync(CertificateScans.OwnerOf(certificate), part, content, CertificateScans.Terms, stop);
        if (!added.IsDone) return Outcome<Attached>.Refused(added.Refusals);
        desk.Record(certificate, ChangeKind.Scanned, [new FieldChange("scan", null, part)]);
        return await db.Context.TrySaveAsync(stop) ? new Attached(added.Value.Id, added.Value.Hash) : new Refusal("ChangedMeanwhile");
    }
}
