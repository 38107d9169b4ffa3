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
        var result = await AppendAsync(hello, at, (body, open) =>
        {
            // CHIP-LEASE-07, CHIP-HELLO-05: after a power cut the relay is open and no session goes on.
            var ends = open is not null && body.Boot > open.Boot;
            var draft = ChipLog.Hello.Once(ends ? body with { Ends = open!.Session.Value } : body, at);
            return ends ? Released(draft, open!) : draft;
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
            cut = null;
            var draft = ChipLog.State.Once(body, at);
            var isOpen = open is not null && body.Session == open.Session.Value;
            if (!body.Relay && isOpen) return Released(draft, open!);
            // Power for a session that is not open here: cut it, whatever the chip thinks.
            if (body is { Relay: true, Session: { } stranger } && !isOpen) cut = Post(body.Serial, RevokeOf(stranger, facts.LastCounterOf(body.Serial), EndReasons.UnknownSession));
            return draft with { Post = cut };
        });
        if (result.IsAppended && cut is not null) await commands.SendAsync(state.Serial, cut.Channel, cut.Payload);
    }

    public async Task OnAckAsync(AckBody ack, DateTimeOffset at)
    {
        var result = await AppendAsync(ack, at, (body, open) => AckDraft(body, open, at));
        if (result.IsAppended && !ack.Ok) await commands.ResendAsync(ack.Serial);
    }

    private LogDraft AckDraft(AckBody ack, OpenSession? open, DateTimeOffset at)
    {
        var waiting = log.FindDownlink(ack.Serial, ack.Id);
        if (open is not null && ack.Id == open.Grant && ack.Ok)
        {
            var running = open with { IsGrantAcknowledged = true, State = open.State == SessionState.Authorised ? SessionState.Running : open.State };
            return ChipLog.Ack.Once(ack with { Powers = open.Session.Value }, at) with { Updates = [running.MachineHold()], Settle = ack.Id };
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
