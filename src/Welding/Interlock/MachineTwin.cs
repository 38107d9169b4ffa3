using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Tracing;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Concurrency;

namespace Anlan.Welding.Interlock;

/// <summary>
/// Decides about one machine. Keeps nothing that a restart could lose: the open session lies in the log's holds, the conditions in the
/// log's unique keys, so that even a second activation could not grant twice. Always in the process that asks, which is the one that decides: no
/// directory shared between processes has to be asked first, and one that hangs holds up nobody. The runtime's collection of what is
/// idle has no part in it: it goes by the time of day and takes up nothing any more once somebody sets the clock back, and every machine that is woken would be deaf until that time comes again.
/// </summary>
[StatelessWorker(1), KeepAlive]
internal sealed partial class MachineTwin(
    FactsReader facts, OpenSessions sessions, GrantDesk desk, ChipSettingsDesk settings, HotLog log, IDeviceCommands commands, IPeople people, CityCalendar calendar, IOptions<WeldingOptions> options, TimeProvider clock) : Grain, IMachineTwin
{
    private long _lastCounter;

    private MachineId Machine => new(this.GetPrimaryKey());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(LetGoAsync, new GrainTimerCreationOptions(options.Value.IdleTime, options.Value.IdleTime));
        return Task.CompletedTask;
    }

    public async Task<StartAnswer> StartAsync(StartCommand command)
    {
        var now = clock.GetUtcNow();
        var person = command.Person is { } id ? new PersonId(id) : (PersonId?)null;
        var proof = command is { ProvedPerson: { } proved, ProvedAt: { } provedAt, ProvedBy: { } method } ? new PersonProof(command.Account, new PersonId(proved), provedAt, method) : null;
        GeoPoint? phone = command is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(latitude, longitude) : null;

        StartFacts read;
        Verdict verdict;
        using (Traces.Step("start.decision"))
        {
            read = facts.ForStart(Machine, person, proof, phone, now);
            verdict = InterlockRule.Judge(read);
        }

        if (!verdict.IsAllowed) return await RefuseAsync(command, read, verdict.Refusals);

        var (session, conflict) = await GrantAsync(command, read, verdict.Certificate!);
        if (session is null) return await RefuseAsync(command, read, [conflict!]);

        // Facts may have changed while the decision was being written. Whoever changed them visits every open grant after their own
        // commit; this look after ours makes sure that one of the two sees the other.
        var again = InterlockRule.Judge(facts.ForSession(session.Value.Open, clock.GetUtcNow()));
        if (!again.IsAllowed)
        {
            await EndAsync(session.Value.Open, again.Refusals[0].Code, null, Guid.Empty, again.Refusals);
            return new StartAnswer(null, null, null, [.. again.Refusals]);
        }

        using (Traces.Step("start.grant")) await commands.SendAsync(session.Value.Open.Chip, "grant", session.Value.Payload);
        return new StartAnswer(session.Value.Open.Session.Value, session.Value.Open.LeaseUntil, session.Value.Open.EndsAt, []);
    }

    // Memory follows the machines that work, not those that ever did.
    private Task LetGoAsync(CancellationToken stop)
    {
        if (sessions.At(Machine) is null) DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<EndAnswer> StopAsync(Guid person, Guid account)
    {
        if (sessions.At(Machine) is not { } open) return new EndAnswer(null, null, "NothingRuns");
        if (open.Person.Value != person) return new EndAnswer(null, null, "NotYourSession");
        return await EndAsync(open, EndReasons.Stop, null, account, []);
    }

    public async Task<EndAnswer> RevokeAsync(Guid account, string note) =>
        sessions.At(Machine) is { } open ? await EndAsync(open, EndReasons.Revoked, note, account, []) : new EndAnswer(null, null, "NothingRuns");

    public async Task RecheckAsync()
    {
        if (sessions.At(Machine) is not { State: not SessionState.Ending } open) return;
        var verdict = InterlockRule.Judge(facts.ForSession(open, clock.GetUtcNow()));
        if (!verdict.IsAllowed) await EndAsync(open, verdict.Refusals[0].Code, null, Guid.Empty, verdict.Refusals);
    }

    private async Task<StartAnswer> RefuseAsync(StartCommand command, StartFacts read, IReadOnlyList<Refusal> refusals)
    {
        await log.AppendAsync(InterlockLog.Decision.Draft(InterlockLog.SubjectOf(Machine.Value), read.Now, Body(command, read, null, refusals)));
        return new StartAnswer(null, null, null, [.. refusals]);
    }

    /// <summary>Writes the decision with its grant under the next free counter; or says which hold stood against it.</summary>
    private async Task<((OpenSession Open, byte[] Payload)? Granted, Refusal? Conflict)> GrantAsync(StartCommand command, StartFacts read, Contracts.Training.CertificateFacts certificate)
    {
        var from = GrantDesk.WholeSeconds(read.Now);
        var endsAt = GrantDesk.EndOfSession(from, certificate.ExpiresOn, read.Binding!, calendar, read.Rules);
        var open = new OpenSession(
            TypedId.New<SessionId>(), Machine, read.Person!.Id, command.Account, read.Machine!.UserEnterprise, certificate.Id, read.Machine.Chip!, read.Chip.Boot,
            Counter: 0, command.Downlink, IsGrantAcknowledged: false, read.Now, GrantDesk.LeaseFrom(from, endsAt, read.Rules), read.Now, endsAt, SessionState.Authorised, null);
        while (true)
        {
            open = open with { Counter = NextCounter(open.Chip) };
            var payload = desk.Sign(open, from, read.Rules.StartWindow);
            using var step = Traces.Step("start.log");
            var result = await log.AppendAsync(InterlockLog.Decision.Draft(InterlockLog.SubjectOf(Machine.Value), read.Now, Body(command, read, GrantOf(open), [])) with
            {
                Once = CounterKey(open),
                Claims = [open.MachineHold(), open.PersonHold()],
                Post = new Downlink(open.Grant, open.Chip, "grant", payload, from + read.Rules.StartWindow),
                // Nothing runs here: what a chip never confirmed of earlier ends says nothing about this counter, and must not pile up.
                Settle = MootRevoke(open.Chip, null),
            });
            if (result.IsAppended) return ((open, payload), null);
            // The counter was used before a restart, by a grant that the chip never reported: the next one.
            if (result.Status == AppendStatus.Repeated) continue;
            return (null, read.Rules.OneSession.Refuse(result.ConflictKey == OpenSession.KeyOf(open.Person) ? "SessionOpenElsewhere" : "MachineInUse"));
        }
    }

    /// <summary>Ends a session: durable first, then the chip is told. The holds stay until the chip confirms or its lease is surely over.</summary>
    private async Task<EndAnswer> EndAsync(OpenSession open, string reason, string? note, Guid account, IReadOnlyList<Refusal> refusals)
    {
        if (open.State == SessionState.Ending) return new EndAnswer(open.Session.Value, open.LeaseUntil, null);
        var revoke = RevokeOf(open.Session.Value, open.Counter, reason);
        var ending = open with { State = SessionState.Ending, EndReason = reason };
        var result = await log.AppendAsync(InterlockLog.Revocation.Draft(InterlockLog.SubjectOf(Machine.Value), clock.GetUtcNow(), new RevocationBody(
            Machine.Value, open.Chip, open.Session.Value, open.Person.Value, open.Counter, revoke.Id, reason, note, account, open.LeaseUntil, refusals)) with
        {
            Updates = [ending.MachineHold()],
            Post = Post(open.Chip, revoke),
            Settle = open.IsGrantAcknowledged ? null : open.Grant,
        });
        if (!result.IsAppended) return new EndAnswer(null, null, "NothingRuns");
        await commands.SendAsync(open.Chip, "revoke", ChipJson.Write(revoke));
        return new EndAnswer(open.Session.Value, open.LeaseUntil, null);
    }

    private long NextCounter(string chip) => _lastCounter = Math.Max(_lastCounter, facts.LastCounterOf(chip)) + 1;

    private DecisionBody Body(StartCommand command, StartFacts read, GrantBody? grant, IReadOnlyList<Refusal> refusals) => new(
        command.Decision, Machine.Value, read.Machine?.Chip, command.Person, command.Person is { } person ? people.Find(new PersonId(person))?.Commitment : null, command.Account,
        read.Machine?.UserEnterprise.Value, command.ProvedAt, command.ProvedBy, grant, refusals);

    private static GrantBody GrantOf(OpenSession open) => new(open.Session.Value, open.Grant, open.Counter, open.LeaseUntil, open.EndsAt, open.Certificate, open.Boot);

    private static string CounterKey(OpenSession open) => $"counter/{open.Chip}/{open.Counter}";

    private static Chip.Messages.RevokeCommand RevokeOf(Guid session, long counter, string reason) =>
        new(Guid.CreateVersion7(), session, counter, reason == EndReasons.Stop ? Chip.Messages.RevokeCommand.StopReason : "revoke");

    private static Downlink Post(string chip, Chip.Messages.RevokeCommand revoke) => new(revoke.Id, chip, "revoke", ChipJson.Write(revoke), null);
}
