using System.Globalization;
using System.Text;
using Anlan.Alarms.Board;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Desk;

/// <summary>The proof that an entry of an alarm is in the log, as one file that anybody can check without Anlan (docs/protocols/evidence.md); who took it is on record.</summary>
internal sealed class ExportAlarm(AlarmsDb db, AlarmReach reach, HotLog log, ProveEntry prove)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/alarms/{number:long}/evidence", async (long number, long? entry, ExportAlarm slice, CancellationToken stop) =>
            {
                var file = await slice.RunAsync(number, entry ?? number, stop);
                return file.IsDone ? Results.File(Encoding.ASCII.GetBytes(file.Value), "text/plain", string.Create(CultureInfo.InvariantCulture, $"anlan-evidence-{entry ?? number}.txt")) : OutcomeResults.ToProblem(file.Refusals);
            })
            .RequirePermission(AlarmsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/plain").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Alarms")
            .WithSummary("Export the entry that told of an alarm, or one of its steps, with its proof as a file");

    /// <summary>Refused with <c>AlarmUnknown</c>, also for an entry that is none of this alarm's, and <c>EvidenceMissing</c>.</summary>
    public async Task<Outcome<string>> RunAsync(long number, long entry, CancellationToken stop)
    {
        var isKnown = await reach.Within(db.Alarms.AsNoTracking()).AnyAsync(alarm => alarm.Number == number, stop) && (entry == number || await db.Steps.AsNoTracking().AnyAsync(step => step.Alarm == number && step.Seq == entry, stop));
        if (!isKnown || log.Store.ReadBytes(entry) is not { } bytes) return new Refusal("AlarmUnknown") { Measured = FactValue.Count(number) };
        var evidence = await prove.RunAsync(entry, bytes, stop);
        if (!evidence.IsDone) return Outcome<string>.Refused(evidence.Refusals);
        db.Context.Audit("alarms.evidence.exported", string.Create(CultureInfo.InvariantCulture, $"log/{entry}"), new { alarm = number, evidence.Value.Head.Head.Size });
        await db.Context.SaveAsync(stop);
        return evidence.Value.Write();
    }
}
