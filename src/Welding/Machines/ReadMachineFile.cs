using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Machines;

/// <summary>The content of a machine's file.</summary>
internal sealed class ReadMachineFile(FindMachine find, Attachments files)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machine-files/{attachedFile:guid}", (Guid attachedFile, ReadMachineFile slice, HttpResponse response, CancellationToken stop) => OpenedFile.ToHttpAsync(slice.RunAsync(attachedFile, stop), response))
            .RequirePermission(WeldingPermissions.View).ProducesFile(MachineFiles.Terms).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Read a file of a machine, compared with its hash");

    public async Task<Outcome<OpenedFile>> RunAsync(Guid id, CancellationToken stop) =>
        await files.FindAsync(MachineFiles.Kind, id, stop) is { } file && await find.RowAsync(file.Record, stop) is not null ? await files.OpenAsync(file, stop) : Attachments.Unknown;
}
