using Anlan.Tests.Welding;
using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Data;
using Anlan.Welding.Machines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Cluster;

/// <summary>A process without a lease neither reads nor writes; one that stands by may look, and look only.</summary>
public sealed class LeaseGuardTests
{
    [Fact]
    public async Task Without_a_lease_nothing_is_read_or_written_but_who_stands_by_may_look()
    {
        var lead = new ALead { HasLease = true };
        await using var host = await WeldingHost.StartAsync(adjust: services => services.ConfigureDbContext<AnlanDb>((_, options) => options.AddInterceptors(new LeaseGuard(lead))));
        var machine = await host.AMachineAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        lead.HasLease = false;

        Assert.IsType<LeadLostException>(Innermost(await Record.ExceptionAsync(() => db.Set<WeldingMachine>().CountAsync())));
        using (LeaseGuard.LetRead())
        {
            var row = await db.Set<WeldingMachine>().SingleAsync(m => m.Id == machine.Id);
            row.Model = "changed";
            Assert.IsType<InvalidOperationException>(Innermost(await Record.ExceptionAsync(() => db.SaveAsync())));
            Assert.IsType<InvalidOperationException>(Innermost(await Record.ExceptionAsync(() => db.Set<WeldingMachine>().ExecuteDeleteAsync())));
        }

        Assert.IsType<LeadLostException>(Innermost(await Record.ExceptionAsync(() => db.Set<WeldingMachine>().CountAsync())));
        lead.HasLease = true;
        Assert.Equal("ZX7-400", (await db.Set<WeldingMachine>().AsNoTracking().SingleAsync(m => m.Id == machine.Id)).Model);
    }

    private static Exception? Innermost(Exception? failed) => failed?.GetBaseException();

    private sealed class ALead : ILead
    {
        public bool HasLease { get; set; }

        public bool IsHere => HasLease;

        public LeadPlace? Self => null;

        public LeadPlace? Place => null;

        public bool IsExpected => true;

        public Task<LeadPlace> FindAsync(TimeSpan most, CancellationToken stop) => throw new LeadLostException("Nobody.");

        public CancellationToken UntilItLeaves(LeadPlace place) => CancellationToken.None;
    }
}
