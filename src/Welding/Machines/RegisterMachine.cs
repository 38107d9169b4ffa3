using Anlan.Contracts.Welding;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Machines;

/// <summary>Enters a machine under the code that its label will carry.</summary>
internal sealed class RegisterMachine(WeldingDb db, MachineIndex index, MachineFields fields, TimeProvider clock)
{
    internal sealed record Request : MachineDeclaration
    {
        /// <summary>4 to 32 letters, digits and dashes; stays for good.</summary>
        public string? Code { get; init; }
    }

    public sealed record Registered(Guid Id, string Code);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/machines", (Request request, RegisterMachine slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Register).Produces<Registered>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Register a machine");

    public async Task<Outcome<Registered>> RunAsync(Request request, CancellationToken stop)
    {
        var code = MachineRules.CodeOf(request.Code);
        var codeFault = MachineRules.Code(code) ?? (index.FindByCode(code) is null ? null : Taken(code));
        var declared = await fields.ReadAsync(request, null, stop);
        if (codeFault is not null) return Outcome<Registered>.Refused([codeFault, .. declared.Refusals]);
        if (!declared.IsDone) return Outcome<Registered>.Refused(declared.Refusals);

        var machine = new WeldingMachine { Id = TypedId.New<MachineId>(), Code = code, Model = "", Site = "", RegisteredAt = clock.GetUtcNow() };
        declared.Value.WriteTo(machine);
        db.Machines.Add(machine);
        db.Context.Audit("welding.machine.registered", $"machine/{machine.Id.Value}", new { code, userEnterprise = machine.UserEnterprise.Value });
        return await db.Context.TrySaveAsync(stop) ? new Registered(machine.Id.Value, code) : Taken(code);
    }

    private static Refusal Taken(string code) => Refusal.OfField("code", "CodeTaken") with { Measured = FactValue.Text(code) };
}
