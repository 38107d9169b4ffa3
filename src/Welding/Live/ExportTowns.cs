using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Live;

/// <summary>Towns within scope with their machines by state and what happened today, as a file.</summary>
internal sealed class ExportTowns(ShowTowns list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/welding/towns/export", (ExportTowns slice, CancellationToken stop) => slice.RunAsync(stop))
            .RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Welding").WithSummary("Export towns within scope");

    public async Task<IResult> RunAsync(CancellationToken stop) =>
        await file.OfAsync(
            "towns", "welding.towns.exported", await list.RunAsync(stop), stop,
            [
                (words["Live.Town"], town => town.Name),
                (words["Live.Machines"], town => town.Machines),
                // Every state, so that they add up.
                .. Enum.GetValues<MachineState>().Select(InState),
                (words["Live.SessionsToday"], town => town.Sessions),
                (words["Live.RefusalsToday"], town => town.Refusals),
                (words["Live.RegisteredToday"], town => town.Registered),
            ]);

    private (string Title, Func<ShowTowns.Town, object?> Cell) InState(MachineState state) => (words["State." + state], town => town.States.GetValueOrDefault(state));
}
