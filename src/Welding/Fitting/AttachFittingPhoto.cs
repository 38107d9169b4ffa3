using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Fitting;

/// <summary>Keeps a photo that the installer took: of the machine, its plate or the fitted chip.</summary>
internal sealed class AttachFittingPhoto(AttachMachineFile attach)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/machines/{code}/fitting/photos", (string code, string? part, HttpRequest request, AttachFittingPhoto slice, CancellationToken stop) => slice.RunAsync(code, part ?? MachineFiles.Chip, request.Body, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Fit).AcceptsFile(MachineFiles.Terms).Produces<AttachMachineFile.Attached>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Fitting").WithSummary("Attach a photo of a fitting: the file as the body; part is chip, machine or plate");

    public Task<Outcome<AttachMachineFile.Attached>> RunAsync(string code, string part, Stream content, CancellationToken stop) => attach.RunAsync(code, part, content, stop);
}
