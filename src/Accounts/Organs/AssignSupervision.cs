using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Organs;

/// <summary>Lets an organ supervise a division, a town or one enterprise from a day on; holds for every list and look-up from the commit on.</summary>
internal sealed class AssignSupervision(
    AccountsDb db, OrganIndex organs, AssignmentIndex assignments, IDivisions divisions, IEnterprises enterprises, CurrentActor current, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="Division">Statistics code: everything inside it.</param>
    /// <param name="Enterprise">Or one enterprise, wherever it is.</param>
    /// <param name="From">First day; today when left out.</param>
    /// <param name="To">Last day, or null while it is open.</param>
    /// <param name="Basis">The document that orders it.</param>
    public sealed record Request(string? Division, Guid? Enterprise, DateOnly? From, DateOnly? To, string? Basis);

    public sealed record Assigned(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/organs/{organ:guid}/assignments", (Guid organ, Request request, AssignSupervision slice, CancellationToken stop) => slice.RunAsync(organ, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditOrgans).Produces<Assigned>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Organs").WithSummary("Let an organ supervise a division or one enterprise from a day on");

    public async Task<Outcome<Assigned>> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        var organId = new OrganId(id);
        if (!scope.Now.CoversOrgan(id) || organs.Find(organId) is not { } organ) return new Refusal("OrganUnknown");
        if (organ.ClosedOn is { } closed) return new Refusal("OrganClosed") { Measured = FactValue.Of(closed) };
        var (division, enterprise) = (string.IsNullOrWhiteSpace(request.Division) ? null : request.Division.Trim(), request.Enterprise);
        var (from, basis) = (request.From ?? calendar.Today, request.Basis?.Trim() ?? "");
        if (Check(assignments.Of(organId), division, enterprise, from, request.To, basis) is { Count: > 0 } refusals) return Outcome<Assigned>.Refused(refusals);

        var assignment = new SupervisionAssignment
        {
            Id = Guid.CreateVersion7(),
            Organ = organId,
            Division = division is null ? null : new DivisionCode(division),
            Enterprise = enterprise is { } one ? new EnterpriseId(one) : null,
            From = from,
            To = request.To,
            Basis = basis,
            EnteredBy = current.Actor.Account,
            EnteredAt = calendar.Now,
        };
        db.Assignments.Add(assignment);
        db.Context.Audit("accounts.supervision.assigned", $"organ/{id}", new { assignment = assignment.Id, division, enterprise, from, to = request.To, basis });
        return await db.Context.TrySaveAsync(stop) ? new Assigned(assignment.Id) : Overlap(division is null ? "enterprise" : "division", from);
    }

    /// <summary>Everything wrong with an assignment.</summary>
    /// <param name="others">The organ's other assignments, past ones too.</param>
    /// <param name="division">Statistics code, or null.</param>
    /// <param name="enterprise">Or one enterprise.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, or null.</param>
    /// <param name="basis">The document that orders it.</param>
    internal List<Refusal> Check(IEnumerable<AssignmentFacts> others, string? division, Guid? enterprise, DateOnly from, DateOnly? to, string basis)
    {
        var target = Target(division, enterprise);
        Refusal?[] found =
        [
            target,
            to < from ? Refusal.OfField("to", "LastDayBeforeFirst") with { Measured = FactValue.Of(to.Value), Limit = FactValue.Of(from) } : null,
            basis.Length switch
            {
                0 => Refusal.OfField("basis", "BasisMissing"),
                > SupervisionAssignment.LongestBasis => Refusal.OfField("basis", "BasisTooLong") with { Measured = FactValue.Count(basis.Length), Limit = FactValue.Count(SupervisionAssignment.LongestBasis) },
                _ => null,
            },
            target is null && others.FirstOrDefault(a => a.Division?.Value == division && a.Enterprise?.Value == enterprise && a.Overlaps(from, to)) is { } other
                ? Overlap(division is null ? "enterprise" : "division", other.From)
                : null,
        ];
        return [.. found.OfType<Refusal>()];
    }

    private Refusal? Target(string? division, Guid? enterprise) => (division, enterprise) switch
    {
        (null, null) => Refusal.OfField("division", "TargetMissing"),
        ({ }, { }) => Refusal.OfField("division", "TargetTwice"),
        ({ } code, _) => DivisionCode.IsValid(code) && divisions.Find(new DivisionCode(code)) is not null ? null : Refusal.OfField("division", "DivisionUnknown") with { Measured = FactValue.Text(code) },
        (_, { } one) => enterprises.Find(new EnterpriseId(one)) is null ? Refusal.OfField("enterprise", "EnterpriseUnknown") : null,
    };

    private static Refusal Overlap(string field, DateOnly from) => Refusal.OfField(field, "AssignmentOverlaps") with { Measured = FactValue.Of(from) };
}
