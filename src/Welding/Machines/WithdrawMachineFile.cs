using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Machines;

/// <summary>Takes a file back that was attached wrongly. It stays for its term, marked.</summary>
internal sealed class WithdrawMachineFile(WeldingDb db, FindMachine find, Attachments files)
{
    /// <param name="Reason">Why.</param>
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/machine-files/{attachedFile:guid}/withdraw", (Guid attachedFile, Request request, WithdrawMachineFile slice, CancellationToken stop) => slice.RunAsync(attachedFile, request, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Register).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Take a file of a machine back; it is kept for its term");

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        var reason = request.Reason?.Trim() ?? "";
        if (MachineRules.Reason(reason) is { } wrong) return Outcome.Refused(wrong);
        if (await files.FindAsync(MachineFiles.Kind, id, stop) is not { } file || await find.RowAsync(file.Record, stop) is not { } machine) return Outcome.Refused(Attachments.Unknown);
        if (files.Withdraw(file, reason) is { } already) return Outcome.Refused(already);
        db.Context.Audit("welding.machine.file.withdrawn", $"machine/{machine.Id.Value}", new { file = id, reason });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
