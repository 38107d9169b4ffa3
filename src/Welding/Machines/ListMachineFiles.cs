using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Machines;

/// <summary>The files of a machine, newest first.</summary>
internal sealed class ListMachineFiles(FindMachine find, Attachments files)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machines/{code}/files", (string code, ListMachineFiles slice, CancellationToken stop) => slice.RunAsync(code, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.View).Produces<IReadOnlyList<FileRow>>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("List the files of a machine");

    public async Task<Outcome<IReadOnlyList<FileRow>>> RunAsync(string code, CancellationToken stop) =>
        find.Facts(code) is { } machine ? Outcome.Of(await files.ListAsync(MachineFiles.Kind, machine.Id.Value, stop)) : FindMachine.Unknown(code);
}
