using Anlan.Kernel.Outcomes;
using Anlan.Welding.Chips;
using Orleans;

namespace Anlan.Welding.Interlock;

/// <summary>
/// The one place where a machine's power is decided: its turns follow one another, so that facts read in a turn hold until its entry is
/// durable. Key: the machine's id. No turn ever waits for the chip.
/// </summary>
[Alias("Anlan.Welding.IMachineTwin")]
internal interface IMachineTwin : IGrainWithGuidKey
{
    /// <summary>Judges a request for power; when granted, the grant is on its way to the chip.</summary>
    [Alias("Start")]
    Task<StartAnswer> StartAsync(StartCommand command);

    /// <summary>The welder ends the own session.</summary>
    [Alias("Stop")]
    Task<EndAnswer> StopAsync(Guid person, Guid account);

    /// <summary>The enterprise or the bureau ends the running session.</summary>
    [Alias("Revoke")]
    Task<EndAnswer> RevokeAsync(Guid account, string note);

    /// <summary>A fact changed: the open session is judged again and revoked when it no longer holds.</summary>
    [Alias("Recheck")]
    Task RecheckAsync();

    /// <summary>Time passed: renews the lease, gives up an unacknowledged grant, closes a lapsed session.</summary>
    [Alias("Tick")]
    Task TickAsync();

    /// <summary>The chip said hello. Completes when that is durable and answered.</summary>
    [Alias("Hello")]
    Task OnHelloAsync(HelloBody hello, DateTimeOffset at);

    /// <summary>The chip's relay moved. Completes when that is durable.</summary>
    [Alias("State")]
    Task OnStateAsync(StateBody state, DateTimeOffset at);

    /// <summary>The chip answered a downlink. Completes when that is durable.</summary>
    [Alias("Ack")]
    Task OnAckAsync(AckBody ack, DateTimeOffset at);
}

/// <summary>A request for power.</summary>
/// <param name="Decision">Id of the decision to be.</param>
/// <param name="Downlink">Id of the grant to be, so that the caller can wait for the chip's answer.</param>
/// <param name="Account">Who asks.</param>
/// <param name="Person">The welder behind the account, or null.</param>
/// <param name="ProvedPerson">Who proved to be present, or null.</param>
/// <param name="ProvedAt">When.</param>
/// <param name="ProvedBy">How.</param>
/// <param name="Latitude">Phone, WGS-84, or null.</param>
/// <param name="Longitude">Phone, WGS-84, or null.</param>
[GenerateSerializer, Immutable, Alias("Anlan.Welding.StartCommand")]
internal sealed record StartCommand(
    [property: Id(0)] Guid Decision, [property: Id(1)] Guid Downlink, [property: Id(2)] Guid Account, [property: Id(3)] Guid? Person,
    [property: Id(4)] Guid? ProvedPerson, [property: Id(5)] DateTimeOffset? ProvedAt, [property: Id(6)] string? ProvedBy,
    [property: Id(7)] double? Latitude, [property: Id(8)] double? Longitude);

/// <summary>The verdict, after it became durable.</summary>
/// <param name="Session">The session, or null when refused.</param>
/// <param name="LeaseUntil">End of the lease.</param>
/// <param name="EndsAt">End of the session.</param>
/// <param name="Refusals">Why not, the most important first.</param>
[GenerateSerializer, Immutable, Alias("Anlan.Welding.StartAnswer")]
internal sealed record StartAnswer(
    [property: Id(0)] Guid? Session, [property: Id(1)] DateTimeOffset? LeaseUntil, [property: Id(2)] DateTimeOffset? EndsAt, [property: Id(3)] List<Refusal> Refusals);

/// <summary>What became of a stop or a revocation, after it became durable.</summary>
/// <param name="Session">The session that ends; null when none was open (or none of this person).</param>
/// <param name="LeaseUntil">Latest end of power if the chip hears nothing.</param>
/// <param name="Refusal">Reason code when nothing was ended.</param>
[GenerateSerializer, Immutable, Alias("Anlan.Welding.EndAnswer")]
internal sealed record EndAnswer([property: Id(0)] Guid? Session, [property: Id(1)] DateTimeOffset? LeaseUntil, [property: Id(2)] string? Refusal);
