using System.Text.Json.Serialization;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Log;

namespace Anlan.Welding.Interlock;

/// <summary>Body of <c>welding.decision</c>: a request for power and its verdict. People appear as pseudonym and commitment only.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Chip">Serial of its chip, or null.</param>
/// <param name="Person">The welder, or null when the account stands for nobody.</param>
/// <param name="Commitment">Salted commitment over the welder's personal fields at that moment.</param>
/// <param name="Account">The account that asked.</param>
/// <param name="Enterprise">The enterprise that uses the machine.</param>
/// <param name="ProvedAt">When the person proved to be present.</param>
/// <param name="ProvedBy"><c>pin</c> or <c>passkey</c>.</param>
/// <param name="Grant">What was granted; null when refused.</param>
/// <param name="Refusals">Why not; empty when granted.</param>
internal sealed record DecisionBody(
    Guid Decision, Guid Machine, string? Chip, Guid? Person, string? Commitment, Guid Account, Guid? Enterprise, DateTimeOffset? ProvedAt, string? ProvedBy,
    GrantBody? Grant, IReadOnlyList<Refusal> Refusals);

/// <summary>A grant as it was signed.</summary>
/// <param name="Session">The session.</param>
/// <param name="Downlink">Id that the chip acknowledges.</param>
/// <param name="Counter">Grant counter.</param>
/// <param name="LeaseUntil">End of the lease.</param>
/// <param name="EndsAt">End of the session.</param>
/// <param name="Certificate">The certificate that carries it.</param>
/// <param name="Boot">Boot counter of the chip.</param>
internal sealed record GrantBody(Guid Session, Guid Downlink, long Counter, DateTimeOffset LeaseUntil, DateTimeOffset EndsAt, Guid Certificate, long Boot);

/// <summary>Body of <c>welding.renewal</c>: a lease was renewed.</summary>
internal sealed record RenewalBody(Guid Machine, string Chip, Guid Person, GrantBody Grant);

/// <summary>Body of <c>welding.revocation</c>: a session is to end; the chip is told.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Chip">Serial.</param>
/// <param name="Session">The session.</param>
/// <param name="Person">The welder, or null when the session is unknown to the server.</param>
/// <param name="Counter">Highest counter of the session.</param>
/// <param name="Downlink">Id that the chip acknowledges.</param>
/// <param name="Reason">Reason code, see <see cref="EndReasons"/>.</param>
/// <param name="Note">What the revoking person wrote, or null.</param>
/// <param name="Account">Who revoked; empty for the platform itself.</param>
/// <param name="LeaseUntil">Latest end of power if the chip hears nothing.</param>
/// <param name="Refusals">The conditions that fell away; empty when a person revoked.</param>
internal sealed record RevocationBody(
    Guid Machine, string Chip, Guid Session, Guid? Person, long Counter, Guid Downlink, string Reason, string? Note, Guid Account, DateTimeOffset LeaseUntil, IReadOnlyList<Refusal> Refusals);

/// <summary>Body of <c>welding.lapse</c>: a session ended by the end of its lease without a word of the chip.</summary>
internal sealed record LapseBody(Guid Machine, string Chip, Guid Session, Guid Person, string Reason, DateTimeOffset LeaseUntil);

/// <summary>Why sessions end, beyond the chip's own reasons and the reason codes of the interlock.</summary>
internal static class EndReasons
{
    /// <summary>The welder stopped.</summary>
    public const string Stop = "stop";

    /// <summary>The enterprise or the bureau revoked.</summary>
    public const string Revoked = "revoked";

    /// <summary>The chip did not acknowledge the grant in time.</summary>
    public const string NotAcknowledged = "notAcknowledged";

    /// <summary>The chip refused the grant.</summary>
    public const string RefusedByChip = "refusedByChip";

    /// <summary>The chip lost power.</summary>
    public const string Restart = "restart";

    /// <summary>The lease ended.</summary>
    public const string LeaseEnd = "leaseEnd";

    /// <summary>The chip reported power for a session that is not open.</summary>
    public const string UnknownSession = "unknownSession";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DecisionBody))]
[JsonSerializable(typeof(RenewalBody))]
[JsonSerializable(typeof(RevocationBody))]
[JsonSerializable(typeof(LapseBody))]
internal sealed partial class InterlockJson : JsonSerializerContext;

/// <summary>The kinds of log entries that the interlock writes.</summary>
internal static class InterlockLog
{
    public static readonly LogKind<DecisionBody> Decision = new("welding.decision", InterlockJson.Default.DecisionBody);
    public static readonly LogKind<RenewalBody> Renewal = new("welding.renewal", InterlockJson.Default.RenewalBody);
    public static readonly LogKind<RevocationBody> Revocation = new("welding.revocation", InterlockJson.Default.RevocationBody);
    public static readonly LogKind<LapseBody> Lapse = new("welding.lapse", InterlockJson.Default.LapseBody);

    /// <summary>Subject of everything about a machine.</summary>
    public static string SubjectOf(Guid machine) => "machine/" + machine;
}
