using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Enterprises.Divisions;

/// <summary>The divisions of the configured city, all or those directly inside one.</summary>
internal sealed class ListDivisions(IDivisions divisions)
{
    public sealed record Row(string Code, string Name, string Level, string? Parent);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/divisions", (string? inside, ListDivisions slice) => slice.Run(inside)).RequireAnybodyOrKey().Scoped(ScopedBy.Everybody).WithTags("Enterprises").WithSummary("List the city's divisions");

    public IReadOnlyList<Row> Run(string? inside) =>
        [.. (string.IsNullOrEmpty(inside) ? divisions.All : divisions.Inside(new DivisionCode(inside))).Select(d => new Row(d.Code.Value, d.Name, d.Level, d.Parent?.Value))];
}
