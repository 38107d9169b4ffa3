using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Machines;

/// <summary>The label to print and stick on a machine: its QR code opens the phone page that starts it.</summary>
internal sealed class DrawLabel(FindMachine find, MachineRows rows, CityPack city, PublicBaseUrl address, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machines/{code}/label.svg", (string code, HttpRequest request, DrawLabel slice) =>
                slice.Run(code, $"{request.Scheme}://{request.Host}{request.PathBase}") is { IsDone: true } label ? Results.Text(label.Value, "image/svg+xml") : OutcomeResults.ToProblem([FindMachine.Unknown(code)]))
            .RequirePermission(WeldingPermissions.View).Produces<string>(StatusCodes.Status200OK, "image/svg+xml").ProducesProblem(StatusCodes.Status404NotFound)
            .Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("The machine's label with its QR code, 60 mm x 80 mm");

    /// <param name="code">Code of the machine.</param>
    /// <param name="reader">Address by which the reader came; the label carries it unless an address is configured.</param>
    public Outcome<string> Run(string code, string? reader) => find.Facts(code) is { } machine ? LabelOf(machine, reader).ToSvg() : FindMachine.Unknown(code);

    /// <summary>The label of a machine within scope.</summary>
    public MachineLabel LabelOf(MachineFacts machine, string? reader)
    {
        var hotline = city.Hotline is { Length: > 0 } telephone ? words["Label.Hotline", telephone].Value : null;
        return MachineLabel.Of(address.Of("/w/" + machine.Code, reader), words["Label.Title"], machine.Code, machine.Model, rows.EnterpriseNameOf(machine) ?? "", hotline);
    }
}
