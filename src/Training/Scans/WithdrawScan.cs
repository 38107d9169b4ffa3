using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Training.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Training.Scans;

/// <summary>Takes a scan back that was attached wrongly. It stays for its term, marked; nobody deletes evidence by hand.</summary>
internal sealed class WithdrawScan(TrainingDb db, CertificateDesk desk, Attachments files)
{
    /// <param name="Reason">Why.</param>
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/certificate-scans/{attachedFile:guid}/withdraw", (Guid attachedFile, Request request, WithdrawScan slice, CancellationToken stop) => slice.RunAsync(attachedFile, request, stop).ToHttpAsync())
            .RequirePermission(TrainingPermissions.Edit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .Scoped(ScopedBy.Records).WithTags("Training").WithSummary("Take a scan of a certificate back; it is kept for its term");

    public async Task<Outcome> RunAsync(Guid scan, Request request, CancellationToken stop)
    {
        if (CertificateFields.CheckReason(request.Reason) is { } wrong) return Outcome.Refused(wrong);
        if (await CertificateScans.FindAsync(files, desk, scan, stop) is not { } found) return Outcome.Refused(Attachments.Unknown);
        var reason = request.Reason!.Trim();
        if (files.Withdraw(found.File, reason) is { } already) return Outcome.Refused(already);
        desk.Record(found.Certificate, ChangeKind.ScanWithdrawn, [new FieldChange("scan", found.File.Part, null)], reason);
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
