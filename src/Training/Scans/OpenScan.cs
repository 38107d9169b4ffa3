using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Personal;
using Anlan.Training.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Training.Scans;

/// <summary>Shows a scan of a certificate to somebody who gives a reason: it shows the holder's face and number in full. The look is on record before the file is opened.</summary>
internal sealed class OpenScan(CertificateDesk desk, Attachments files, PeopleSeen seen)
{
    /// <param name="Reason">Why.</param>
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/certificate-scans/{attachedFile:guid}/open", (Guid attachedFile, Request request, OpenScan slice, HttpResponse response, CancellationToken stop) => OpenedFile.ToHttpAsync(slice.RunAsync(attachedFile, request, stop), response))
            .RequirePermission(TrainingPermissions.Scans).ProducesFile(CertificateScans.Terms).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .Scoped(ScopedBy.Records).ShowsPeople().WithTags("Training").WithSummary("Open a scan of a certificate; recorded with the reason");

    public async Task<Outcome<OpenedFile>> RunAsync(Guid scan, Request request, CancellationToken stop)
    {
        if (CertificateFields.CheckReason(request.Reason) is { } wrong) return wrong;
        if (await CertificateScans.FindAsync(files, desk, scan, stop) is not { } found) return Attachments.Unknown;
        seen.AddUnmasked(CertificateViews.Scan, CertificateViews.Scan.Fields, found.Certificate.Person.Value, request.Reason!.Trim());
        await seen.RecordAsync();
        return await files.OpenAsync(found.File, stop);
    }
}
