using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Machines;

/// <summary>Attaches a picture or a paper to a machine.</summary>
internal sealed class AttachMachineFile(WeldingDb db, FindMachine find, Attachments files)
{
    /// <param name="Id">The file.</param>
    /// <param name="Hash">SHA-256 over its bytes.</param>
    public sealed record Attached(Guid Id, string Hash);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/machines/{code}/files", (string code, string? part, HttpRequest request, AttachMachineFile slice, CancellationToken stop) => slice.RunAsync(code, part ?? "other", request.Body, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Register).AcceptsFile(MachineFiles.Terms).Produces<Attached>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Attach a file to a machine: the file as the body; part is machine, plate or other");

    public async Task<Outcome<Attached>> RunAsync(string code, string part, Stream content, CancellationToken stop)
    {
        if (Attachments.CheckPart(part, MachineFiles.Parts) is { } wrong) return wrong;
        if (await find.RowAsync(code, stop) is not { } machine) return FindMachine.Unknown(code);
        var added = await files.AddAsync(MachineFiles.OwnerOf(machine), part, content, MachineFiles.Terms, stop);
        if (!added.IsDone) return Outcome<Attached>.Refused(added.Refusals);
        db.Context.Audit("welding.machine.file.attached", $"machine/{machine.Id.Value}", new { file = added.Value.Id, part, hash = added.Value.Hash });
        return await db.Context.TrySaveAsync(stop) ? new Attached(added.Value.Id, added.Value.Hash) : new Refusal("ChangedMeanwhile");
    }
}
