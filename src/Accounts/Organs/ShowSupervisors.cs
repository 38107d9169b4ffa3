using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Organs;

/// <summary>Which organs supervise an enterprise today, line by line, and why. Told to whoever may see the enterprise, also to itself.</summary>
internal sealed class ShowSupervisors(Jurisdiction jurisdiction, OrganIndex organs, IEnterprises enterprises, IDivisions divisions, CurrentScope scope)
{
    /// <param name="Line">Line of supervision.</param>
    /// <param name="Organ">The organ.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Above">The organs above it, the nearest first.</param>
    /// <param name="Division">The division whose assignment decides; null when it is over this one enterprise.</param>
    /// <param name="DivisionName">In words.</param>
    /// <param name="From">Since when.</param>
    /// <param name="To">Until when, or null while it is open.</param>
    /// <param name="Basis">The document that ordered it.</param>
    public sealed record Row(SupervisionLine Line, OrganName Organ, OrganKind Kind, IReadOnlyList<OrganName> Above, string? Division, string? DivisionName, DateOnly From, DateOnly? To, string Basis);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/enterprises/{enterprise:guid}/supervisors", (Guid enterprise, ShowSupervisors slice) => Task.FromResult(slice.Run(enterprise)).ToHttpAsync())
            .RequirePermission(AccountsPermissions.ViewSupervisors).Produces<IReadOnlyList<Row>>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Organs")
            .WithSummary("Which organs supervise an enterprise today, and why");

    public Outcome<IReadOnlyList<Row>> Run(Guid id)
    {
        if (enterprises.Find(new EnterpriseId(id)) is not { } enterprise || !scope.Now.Covers(enterprise.Division, id)) return new Refusal("EnterpriseUnknown");
        return Outcome.Of<IReadOnlyList<Row>>([.. jurisdiction.SupervisorsOf(enterprise.Id, enterprise.Division).Select(found => new Row(
            found.Organ.Line, OrganName.Of(found.Organ)!, found.Organ.Kind, Above(found.Organ), found.Assignment.Division?.Value,
            found.Assignment.Division is { } division ? divisions.PathOf(division) : null, found.Assignment.From, found.Assignment.To, found.Assignment.Basis))]);
    }

    private List<OrganName> Above(OrganFacts organ)
    {
        var (above, seen) = (new List<OrganName>(), new HashSet<Guid> { organ.Id.Value });
        for (var next = organ.Parent is { } parent ? organs.Find(parent) : null; next is not null && seen.Add(next.Id.Value); next = next.Parent is { } further ? organs.Find(further) : null) above.Add(OrganName.Of(next)!);
        return above;
    }
}
