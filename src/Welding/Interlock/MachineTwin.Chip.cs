using Anlan.Toolkit.Log;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Interlock;

/// <summary>What the machine's chip says: each message becomes durable together with what it does to the session.</summary>
internal sealed partial class MachineTwin
{
    private const int Attempts = 3;

    public async Task OnHelloAsync(HelloBody hello, DateTimeOffset at)
    {
        Downlink? cut = null;
        var result = await AppendAsync(hello, at, (body, open) =>
        {
            // CHIP-LEASE-07, CHIP-HELLO-05: after a power cut the relay is open and no session goes on.
            var ends = open is not null && body.Boot > open.Boot;
            var draft = ChipLog.Hello.Once(ends ? body with { Ends = open!.Session.Value } : body, at);
            // Power without a session here: the log was restored to before it. Whatever the session was called, its counter is not above the chip's own.
            cut = body.Relay && open is null ? Cut(body.Serial, Guid.CreateVersion7(), Math.Max(body.Counter, facts.LastCounterOf(body.Serial))) : null;
            return ends ? Released(draft, open!) : Cutting(draft, cut, open);
        });
        if (!result.IsAppended) return;

        await commands.SendAsync(hello.Serial, "time", desk.SignTime(hello.Serial, clock.GetUtcNow(), hello.Nonce));
        // A grant that waited for this hello must still hold before it is sent again.
        await RecheckAsync();
        await TickAsync();
        await settings.SendWhenMissingAsync(hello);
        await commands.ResendAsync(hello.Serial);
    }

    public async Task OnStateAsync(StateBody state, DateTimeOffset at)
    {
        Downlink? cut = null;
        var result = await AppendAsync(state, at, (body, open) =>
        {
            var draft = ChipLog.State.Once(body, at);
            cut = CutOf(body.Serial, body.Relay, body.Session, open);
            return !body.Relay && open is not null && body.Session == open.Session.Value ? Released(draft, open) : Cutting(draft, cut, open);
        });
        if (result.IsAppended && cut is not null) await commands.SendAsync(state.Serial, cut.Channel, cut.Payload);
    }

    public async Task OnAckAsync(AckBody ack, DateTimeOffset at)
    {
        Downlink? cut = null;
        var result = await AppendAsync(ack, at, (body, open) =>
        {
            cut = CutOf(body.Serial, body.Relay, body.Session, open, answered: body.Id);
            return Cutting(AckDraft(body, open, at), cut, open);
        });
        if (!result.IsAppended) return;
        if (cut is not null) await commands.SendAsync(ack.Serial, cut.Channel, cut.Payload);
        else if (!ack.Ok) await commands.ResendAsync(ack.Serial);
    }

    /// <summary>Power for a session that is not open here is cut, whatever the chip thinks; null when all is as it should be.</summary>
    private Downlink? CutOf(string chip, bool relay, Guid? session, OpenSession? open, Guid? answered = null) =>
        relay && session is { } stranger && stranger != open?.Session.Value ? Cut(chip, stranger, facts.LastCounterOf(chip), answered) : null;

    // A revoke up to this counter that waits already says as much: it is sent again. A chip that repeats itself and confirms nothing would fill the log's memory otherwise.
    private Downlink Cut(string chip, Guid session, long counter, Guid? answered = null) =>
        WaitingRevokes(chip).Where(waiting => waiting.Revoke.Counter >= counter && waiting.Revoke.Id != answered).Select(waiting => waiting.Command).FirstOrDefault() ?? Post(chip, RevokeOf(session, counter, EndReasons.UnknownSession));

    // One up to a lower counter is moot, unless the open session waits for its confirmation.
    private LogDraft Cutting(LogDraft draft, Downlink? cut, OpenSession? open) =>
        cut is null || log.FindDownlink(cut.Device, cut.Id) is not null ? draft : draft with { Post = cut, Settle = draft.Settle ?? MootRevoke(cut.Device, open) };

    private Guid? MootRevoke(string chip, OpenSession? open) => WaitingRevokes(chip).Where(waiting => waiting.Revoke.Session != open?.Session.Value).Select(waiting => (Guid?)waiting.Command.Id).FirstOrDefault();

    private IEnumerable<(Downlink Command, RevokeCommand Revoke)> WaitingRevokes(string chip) =>
        log.DownlinksOf(chip, clock.GetUtcNow()).Where(waiting => waiting.Channel == "revoke").Select(waiting => (waiting, ChipJson.Read<RevokeCommand>(waiting.Payload)));

    private LogDraft AckDraft(AckBody ack, OpenSession? open, DateTimeOffset at)
    {
        var waiting = log.FindDownlink(ack.Serial, ack.Id);
        if (open is not null && ack.Id == open.Grant && ack.Ok)
        {
            // A grant that was sent twice, because a server took over or a chip came back, is acknowledged twice and gave power once.
            if (open.IsGrantAcknowledged) return ChipLog.Ack.Once(ack, at) with { Settle = ack.Id };
            var running = open with { IsGrantAcknowledged = true, State = open.State == SessionState.Authorised ? SessionState.Running : open.State };
            return ChipLog.Ack.Once(ack with { Powers = open.Session.Value }, at) with { Updates = [running.MachineHold()], Settle = ack.Id };
        }

        // CHIP-ACK-06: the downlink opened the relay, and there is no other word about it.
        if (open is not null && ack.Ended == open.Session.Value)
        {
            var over = Released(ChipLog.Ack.Once(ack with { Ends = open.Session.Value }, at), open);
            // A chip that could not write the counter down is told again.
            return ack.Ok ? over with { Settle = ack.Id } : over;
        }

        if (open is { State: SessionState.Authorised } && ack.Id == open.Grant)
        {
            // The chip said no: the session never began. The revoke uses the counter up, so that nobody can replay the grant.
            var draft = ChipLog.Ack.Once(ack with { Ends = open.Session.Value }, at);
            return Released(draft, open) with { Settle = ack.Id, Post = Post(open.Chip, RevokeOf(open.Session.Value, open.Counter, EndReasons.RefusedByChip)) };
        }

        // Only the answer to a revoke proves that a grant on its way can no longer be accepted.
        if (open is { State: SessionState.Ending } && ack.Ok && waiting?.Channel == "revoke" && ack.Session != open.Session.Value)
        {
            return Released(ChipLog.Ack.Once(ack with { Ends = open.Session.Value }, at), open) with { Settle = ack.Id };
        }

        var isDone = ack.Ok || waiting?.Channel == "grant" || ack.Why == ChipRefusal.Counter;
        return ChipLog.Ack.Once(ack with { ClearsTamper = ack.Ok && settings.ClearsTamper(waiting) }, at) with { Settle = isDone ? ack.Id : null };
    }

    /// <summary>Appends what a body means for the session as it is now; judged anew if the session changed under it.</summary>
    private async Task<AppendResult> AppendAsync<TBody>(TBody body, DateTimeOffset at, Func<TBody, OpenSession?, LogDraft> draft) where TBody : class, IChipBody
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await log.AppendAsync(draft(body, sessions.At(Machine)));
            if (result.Status != AppendStatus.Conflict) return result;
            if (attempt == Attempts) throw new LogUnavailableException($"A message of {body.Serial} met changing sessions {Attempts} times; it comes again.");
        }
    }

    private static LogDraft Released(LogDraft draft, OpenSession open) => draft with
    {
        Releases = [(OpenSession.KeyOf(open.Machine), open.Session.Value), (OpenSession.KeyOf(open.Person), open.Session.Value)],
        Settle = open.IsGrantAcknowledged ? null : open.Grant,
    };
}
