using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Tests.Welding.Machines;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Log;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Evidence;

/// <summary>Decisions in the log, as the interlock writes them.</summary>
internal static class Decided
{
    /// <summary>So many refused starts at a machine; the position of the last.</summary>
    public static async Task<long> RefuseAsync(this MachinesHost host, string machine, EnterpriseId enterprise, int count = 1)
    {
        var log = host.Services.GetRequiredService<HotLog>();
        var id = host.Services.GetRequiredService<MachineIndex>().FindByCode(machine)!.Id.Value;
        var appended = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => log.AppendAsync(InterlockLog.Decision.Draft(InterlockLog.SubjectOf(id), host.Clock.GetUtcNow(), new DecisionBody(
            Guid.CreateVersion7(), id, "SIM-0001", null, null, Guid.CreateVersion7(), enterprise.Value, null, null, null, [new Refusal("OutsideFence") { Measured = FactValue.Metres(612), Limit = FactValue.Metres(200) }])))));
        return appended.Max(result => result.Seq);
    }

    /// <summary>Signs a head over everything so far.</summary>
    public static Task SignAsync(this MachinesHost host) => host.Services.GetRequiredService<HeadClockwork>().SignAsync(TestContext.Current.CancellationToken);
}
