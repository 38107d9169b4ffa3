using System.Globalization;
using System.Text;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Evidence;

/// <summary>The evidence for a decision as one file that anybody can check without Anlan (docs/protocols/evidence.md); who took it is on record.</summary>
internal sealed class ExportDecision(WeldingDb db, ReadDecision read, ProveEntry prove, PeopleSeen seen)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/decisions/{position:long}/evidence", async (long position, ExportDecision slice, CancellationToken stop) =>
            {
                var file = await slice.RunAsync(position, stop);
                return file.IsDone ? Results.File(Encoding.ASCII.GetBytes(file.Value), "text/plain", string.Create(CultureInfo.InvariantCulture, $"anlan-evidence-{position}.txt")) : OutcomeResults.ToProblem(file.Refusals);
            })
            .RequirePermission(WeldingPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/plain").ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding").WithSummary("Export a decision with its proof as a file");

    public async Task<Outcome<string>> RunAsync(long position, CancellationToken stop)
    {
        var found = await read.RunAsync(position, stop);
        if (!found.IsDone) return Outcome<string>.Refused(found.Refusals);
        var evidence = await prove.RunAsync(position, found.Value.Bytes, stop);
        if (!evidence.IsDone) return Outcome<string>.Refused(evidence.Refusals);
        if (ReadDecision.IdIn(found.Value.Body, "person") is { } person) seen.Add(WelderViews.DecisionExport, person);
        db.Context.Audit("welding.evidence.exported", string.Create(CultureInfo.InvariantCulture, $"log/{position}"), new { evidence.Value.Head.Head.Size });
        await db.Context.SaveAsync(stop);
        return evidence.Value.Write();
    }
}
