using Anlan.Toolkit.Log;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Interlock;

/// <summary>What time does to a session.</summary>
internal sealed partial class MachineTwin
{
    public async Task TickAsync()
    {
        if (sessions.At(Machine) is not { } open) return;
        var now = clock.GetUtcNow();
        switch (SessionClock.DueOf(open, now, facts.RulesFor(open.Machine, now)))
        {
            case SessionDue.GiveUp:
                await EndAsync(open, EndReasons.NotAcknowledged, null, Guid.Empty, []);
                break;
            // A chip without network cannot take a renewal, and issuing one would only lengthen the time for which its power is unknown.
            case SessionDue.Renew when facts.IsOnline(open.Chip):
                await RenewAsync(open, now);
                break;
            // A chip with a network reported the end long ago, unless the clock was set forward: it is told, and the holds wait for its answer.
            case SessionDue.Lapse when open.State != SessionState.Ending && facts.IsOnline(open.Chip):
                await EndAsync(open with { LeaseUntil = now + facts.RulesFor(open.Machine, now).Lease }, EndReasons.LeaseEnd, null, Guid.Empty, []);
                break;
            case SessionDue.Lapse:
                await LapseAsync(open, now);
                break;
        }
    }

    private async Task RenewAsync(OpenSession open, DateTimeOffset now)
    {
        var read = facts.ForSession(open, now);
        var verdict = InterlockRule.Judge(read);
        if (!verdict.IsAllowed)
        {
            await EndAsync(open, verdict.Refusals[0].Code, null, Guid.Empty, verdict.Refusals);
            return;
        }

        var from = GrantDesk.WholeSeconds(now);
        // On a clock that was set back the session would end too late; never more than a whole one from now, and the chip counts the rest.
        var endsAt = SessionClock.IsSetBack(open, now) && from + read.Rules.Session is var whole && whole < open.EndsAt ? whole : open.EndsAt;
        var renewed = open with { Grant = Guid.CreateVersion7(), IsGrantAcknowledged = false, GrantedAt = now, EndsAt = endsAt, LeaseUntil = GrantDesk.LeaseFrom(from, endsAt, read.Rules) };
        while (true)
        {
            renewed = renewed with { Counter = NextCounter(open.Chip) };
            var payload = desk.Sign(renewed, from, read.Rules.RenewalWindow);
            var result = await log.AppendAsync(InterlockLog.Renewal.Draft(InterlockLog.SubjectOf(Machine.Value), now, new RenewalBody(Machine.Value, open.Chip, open.Person.Value, GrantOf(renewed))) with
            {
                Once = CounterKey(renewed),
                Updates = [renewed.MachineHold()],
                Settle = open.IsGrantAcknowledged ? null : open.Grant,
                Post = new Downlink(renewed.Grant, open.Chip, "grant", payload, from + read.Rules.RenewalWindow),
            });
            if (result.Status == AppendStatus.Repeated) continue;
            if (!result.IsAppended) return;

            var again = InterlockRule.Judge(facts.ForSession(renewed, clock.GetUtcNow()));
            if (again.IsAllowed) await commands.SendAsync(open.Chip, "grant", payload);
            else await EndAsync(renewed, again.Refusals[0].Code, null, Guid.Empty, again.Refusals);
            return;
        }
    }

    private async Task LapseAsync(OpenSession open, DateTimeOffset now) =>
        await log.AppendAsync(Released(InterlockLog.Lapse.Draft(InterlockLog.SubjectOf(Machine.Value), now, new LapseBody(
            Machine.Value, open.Chip, open.Session.Value, open.Person.Value, open.EndReason ?? EndReasons.LeaseEnd, open.LeaseUntil)), open));
}
