using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Sessions;

/// <summary>What a machine does at this moment, from the log's last word. A welder sees the machines of the enterprises to which he or she is bound.</summary>
internal sealed class ShowLive(MachineIndex machines, IDevices devices, OpenSessions sessions, IEmployment employment, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="State">State of the machine.</param>
    /// <param name="IsPowered">True when the chip's last word says that the relay is closed.</param>
    /// <param name="Session">Open session, or null.</param>
    /// <param name="IsOwn">True when the open session is the asker's own.</param>
    /// <param name="Phase">How far the session has come.</param>
    /// <param name="StartedAt">When it was decided.</param>
    /// <param name="LeaseUntil">Power ends then unless renewed.</param>
    /// <param name="SessionEndsAt">No renewal beyond it.</param>
    /// <param name="EndReason">Why it is ending, or null.</param>
    public sealed record Live(
        MachineState State, bool IsPowered, Guid? Session, bool IsOwn, SessionState? Phase, DateTimeOffset? StartedAt, DateTimeOffset? LeaseUntil, DateTimeOffset? SessionEndsAt, string? EndReason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machines/{code}/live", (string code, ShowLive slice) => Task.FromResult(slice.Run(code)).ToHttpAsync())
            .RequireAuthorization().AsksByItself().Produces<Live>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Welding").WithSummary("What a machine does right now");

    public Outcome<Live> Run(string code)
    {
        if (machines.FindByCode(code) is not { } machine || !IsSeen(machine)) return new Refusal("MachineUnknown");
        var chip = machine.Chip is { } serial ? devices.StateOf(serial) : DeviceState.Unknown;
        var open = sessions.At(machine.Id);
        var isOwn = open is not null && open.Person.Value == scope.Now.Person;
        return new Live(MachineStates.Of(machine, chip, open), chip.RelayClosed, open?.Session.Value, isOwn, open?.State, open?.StartedAt, open?.LeaseUntil, open?.EndsAt, open?.EndReason);
    }
    /// <summary>True when the actor may know what the machine is and does.</summary>
    public bool IsSeen(MachineFacts machine)
    {
        var now = scope.Now;
        if (now.Person is not { } person) return machine.Anchor.IsWithin(now);
        var welder = new PersonId(person);
        return employment.FindBinding(welder, machine.UserEnterprise, calendar.Today) is not null || sessions.At(machine.Id)?.Person == welder;
    }
}
