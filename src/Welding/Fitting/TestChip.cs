using System.Text.Json;
using Anlan.Contracts.Devices;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Fitting;

/// <summary>Lets the chip of a machine test itself, waits for what it measured and judges that. Gives no power at any moment.</summary>
internal sealed class TestChip(WeldingDb db, FindMachine find, FittingDesk desk, FittingRules rules, SelfTests tests, HotLog log, IDeviceCommands commands, IDevices devices, OpenSessions sessions, CurrentActor current)
{
    /// <summary>What was found.</summary>
    /// <param name="IsPassed">True when everything is good.</param>
    /// <param name="State">State of the fitting afterwards.</param>
    /// <param name="Readings">Relay, current, position and signal.</param>
    public sealed record Tested(bool IsPassed, FittingState State, IReadOnlyList<SelfTestReading> Readings);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/machines/{code}/fitting/test", (string code, TestChip slice, CancellationToken stop) => slice.RunAsync(code, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Fit).Produces<Tested>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound)
            .Scoped(ScopedBy.Records).WithTags("Fitting").WithSummary("Let the chip of a machine test itself; answers when the chip did, within a minute");

    public async Task<Outcome<Tested>> RunAsync(string code, CancellationToken stop)
    {
        if (find.Facts(code) is not { } machine) return FindMachine.Unknown(code);
        if (machine.ScrapReason is not null) return new Refusal("MachineScrapped");
        if (machine.Chip is not { } serial) return new Refusal("NoChip");
        if (sessions.At(machine.Id) is not null) return new Refusal("SessionOpen");
        var limits = rules.For(machine);
        if (!devices.StateOf(serial).IsOnline) return limits.Online.Refuse("ChipOffline", devices.StateOf(serial).LastSeen is { } seen ? FactValue.Of(seen) : FactValue.Word("Fact.Never"));

        var report = await tests.AskAsync(log, commands, serial, machine.Id, current.Actor.Account, limits.Wait.Span, stop);
        if (report is null || report.Serial != serial) return limits.Wait.Refuse("SelfTestUnanswered", limit: FactValue.Of(limits.Wait.Span));
        if (report.Why is { } why) return new Refusal("SelfTestRefused") { Measured = FactValue.Word("ChipRefusal." + JsonNamingPolicy.CamelCase.ConvertName(why.ToString())) };

        // Seconds have passed: the machine as it is now, and nothing if it is another one meanwhile.
        if (await find.RowAsync(code, stop) is not { } row || row.ChipSerial != serial) return new Refusal("ChangedMeanwhile");
        var result = SelfTestRule.Judge(report, machine, limits);
        if (desk.Take(row, result.IsPassed ? FittingAct.Pass : FittingAct.Fail) is not { } step) return FittingDesk.OutOfTurn(row);
        (step.Test, step.Result) = (report.Id, JsonSerializer.Serialize(result.Readings, JsonSerializerOptions.Web));
        db.Context.Audit(result.IsPassed ? "welding.fitting.passed" : "welding.fitting.failed", $"machine/{row.Id.Value}", new { chip = serial, test = report.Id, failed = result.Refusals.Select(refusal => refusal.Code) });
        return await db.Context.TrySaveAsync(stop) ? new Tested(result.IsPassed, row.Fitting, result.Readings) : new Refusal("ChangedMeanwhile");
    }
}
