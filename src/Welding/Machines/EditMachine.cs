using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Machines;

/// <summary>Corrects what was declared. Whatever the interlock judges by stays still while a session is open.</summary>
internal sealed class EditMachine(WeldingDb db, FindMachine find, MachineFields fields, OpenSessions sessions)
{
    internal sealed record Request : MachineDeclaration
    {
        /// <summary>Version that the editor saw; a newer one is not overwritten. Left out: not checked.</summary>
        public int? Version { get; init; }
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/machines/{code}", (string code, Request request, EditMachine slice, CancellationToken stop) => slice.RunAsync(code, request, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Register).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Edit a machine");

    public async Task<Outcome> RunAsync(string code, Request request, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        if (machine.ScrapReason is not null) return Outcome.Refused("MachineScrapped");
        if (request.Version is { } seen && seen != machine.Version) return Outcome.Refused("ChangedMeanwhile");
        var declared = await fields.ReadAsync(request, machine, stop);
        if (!declared.IsDone) return Outcome.Refused(declared.Refusals);

        var (before, after) = (DeclaredMachine.Of(machine), declared.Value);
        if (before == after) return Outcome.Done;
        if (!IsOnlyWords(before, after) && sessions.At(machine.Id) is not null) return Outcome.Refused("SessionOpen");

        after.WriteTo(machine);
        db.Context.Audit("welding.machine.edited", $"machine/{machine.Id.Value}", new { before, after });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    /// <summary>True when nothing differs by which the interlock judges.</summary>
    internal static bool IsOnlyWords(DeclaredMachine before, DeclaredMachine after) =>
        before with { Model = after.Model, Site = after.Site, OwnerEnterprise = after.OwnerEnterprise, OwnerPerson = after.OwnerPerson } == after;
}
