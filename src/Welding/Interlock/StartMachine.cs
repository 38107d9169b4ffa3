using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Tracing;
using Anlan.Welding.Chips;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Interlock;

/// <summary>A welder asks for power. The decision is durable before this answers; the chip's own answer is waited for outside the machine's turn.</summary>
internal sealed class StartMachine(MachineIndex machines, MachineTwins twins, OpenSessions sessions, IPersonProofs proofs, ChipAnswers answers, WeldingRules rules, CityCalendar calendar, CurrentActor current, TimeProvider clock)
{
    /// <summary>Longest time to wait for the chip.</summary>
    private const double LongestWait = 10;

    /// <param name="Proof">Proof of person, at most five minutes old.</param>
    /// <param name="Latitude">Where the phone is, WGS-84.</param>
    /// <param name="Longitude">Where the phone is, WGS-84.</param>
    /// <param name="WaitSeconds">How long to wait for the chip, at most 10: for the end of a session that was just stopped, then for its answer; 0 = answer once the decision is durable.</param>
    public sealed record Request(string? Proof, double? Latitude = null, double? Longitude = null, double WaitSeconds = 0);

    /// <param name="Session">The session.</param>
    /// <param name="Decision">The decision.</param>
    /// <param name="State"><c>authorised</c>: the grant is on its way; <c>powered</c>: the chip closed the relay; <c>refused</c>: the chip would not.</param>
    /// <param name="LeaseUntil">Power ends then unless the lease is renewed.</param>
    /// <param name="SessionEndsAt">No renewal beyond it.</param>
    /// <param name="Refusals">Why the chip would not.</param>
    public sealed record Started(Guid Session, Guid Decision, string State, DateTimeOffset LeaseUntil, DateTimeOffset SessionEndsAt, IReadOnlyList<Refusal>? Refusals);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/machines/{code}/start", (string code, Request request, StartMachine slice, CancellationToken stop) => slice.RunAsync(code, request, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Start).Produces<Started>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .Scoped(ScopedBy.Records).WithTags("Welding").WithSummary("Start a machine with a fresh proof of person");

    public async Task<Outcome<Started>> RunAsync(string code, Request request, CancellationToken stop)
    {
        if (machines.FindByCode(code) is not { } machine) return rules.For(null, calendar.Today).Machine.Refuse("MachineUnknown");
        var actor = current.Actor;
        var from = clock.GetTimestamp();
        var most = TimeSpan.FromSeconds(double.Clamp(double.IsFinite(request.WaitSeconds) ? request.WaitSeconds : 0, 0, LongestWait));
        await sessions.WaitForEndAsync(machine.Id, actor.Person is { } person ? new PersonId(person) : null, most, clock, stop);
        var proof = proofs.Read(request.Proof, actor.Account);
        var command = new StartCommand(
            Guid.CreateVersion7(), Guid.CreateVersion7(), actor.Account, actor.Person, proof?.Person.Value, proof?.At, proof?.Method, request.Latitude, request.Longitude);

        using var waiting = answers.Expect(command.Downlink);
        var answer = await twins.Of(machine.Id.Value).StartAsync(command);
        if (answer.Session is not { } session) return Outcome<Started>.Refused(answer.Refusals);

        var wait = most - clock.GetElapsedTime(from);
        using var step = Traces.Step("start.acknowledgement");
        var ack = wait > TimeSpan.Zero ? await waiting.ForAsync(wait, clock, stop) : null;
        step?.SetTag("anlan.session", session).SetTag("anlan.state", StateOf(ack));
        return new Started(session, command.Decision, StateOf(ack), answer.LeaseUntil!.Value, answer.EndsAt!.Value, RefusalsOf(ack));
    }

    private static string StateOf(AckBody? ack) => ack switch
    {
        null => "authorised",
        { Ok: true } => "powered",
        _ => "refused",
    };

    private static List<Refusal>? RefusalsOf(AckBody? ack) =>
        ack?.Why is { } why ? [new Refusal("ChipRefused") { Measured = FactValue.Word("ChipRefusal." + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(why.ToString())) }] : null;
}
