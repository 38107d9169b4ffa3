using System.Text.Json;
using System.Text.Json.Serialization;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Log;

namespace Anlan.Welding.Sessions;

/// <summary>How far an open session has come.</summary>
internal enum SessionState
{
    /// <summary>Decided; the chip has not acknowledged the grant.</summary>
    Authorised,
    /// <summary>The chip acknowledged a grant.</summary>
    Running,
    /// <summary>Stopped or revoked; the chip has not confirmed that the power is off.</summary>
    Ending,
}

/// <summary>
/// The state of an open session. It lies in the hot log's holds of the person and of the machine and changes only together with a log
/// entry; there is no copy.
/// </summary>
/// <param name="Session">The session.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Person">The welder.</param>
/// <param name="Account">Who started it.</param>
/// <param name="Enterprise">For whom.</param>
/// <param name="Certificate">The certificate that carries it.</param>
/// <param name="Chip">Serial of the chip.</param>
/// <param name="Boot">Boot counter of the chip at the decision: a later boot ends the session.</param>
/// <param name="Counter">Highest grant counter issued for it.</param>
/// <param name="Grant">Downlink id of the newest grant.</param>
/// <param name="IsGrantAcknowledged">True when the chip accepted the newest grant.</param>
/// <param name="GrantedAt">When the newest grant was decided.</param>
/// <param name="LeaseUntil">Latest end of power that any grant of the session allows.</param>
/// <param name="StartedAt">Decision of the first grant.</param>
/// <param name="EndsAt">No renewal beyond it.</param>
/// <param name="State">How far it has come.</param>
/// <param name="EndReason">Why it is ending, or null.</param>
internal sealed record OpenSession(
    SessionId Session, MachineId Machine, PersonId Person, Guid Account, EnterpriseId Enterprise, Guid Certificate, string Chip, long Boot,
    long Counter, Guid Grant, bool IsGrantAcknowledged, DateTimeOffset GrantedAt, DateTimeOffset LeaseUntil, DateTimeOffset StartedAt, DateTimeOffset EndsAt,
    SessionState State, string? EndReason)
{
    public static string KeyOf(MachineId machine) => "machine/" + machine.Value;

    public static string KeyOf(PersonId person) => "person/" + person.Value;

    /// <summary>The hold of the machine, with the state.</summary>
    public Hold MachineHold() => new Hold(KeyOf(Machine), Session.Value, JsonSerializer.SerializeToUtf8Bytes(this, SessionJson.Default.OpenSession)).Known(this);

    /// <summary>The hold of the person; it says which machine, the state lies there.</summary>
    public Hold PersonHold() => new(KeyOf(Person), Session.Value, JsonSerializer.SerializeToUtf8Bytes(Machine.Value, SessionJson.Default.Guid));

    /// <summary>The machine that a person's hold names.</summary>
    public static MachineId MachineOf(Hold hold) => new(JsonSerializer.Deserialize(hold.Value, SessionJson.Default.Guid));

    public static OpenSession Read(Hold hold) => hold.Read(static value => JsonSerializer.Deserialize(value, SessionJson.Default.OpenSession) ?? throw new InvalidDataException("A hold is empty."));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OpenSession))]
[JsonSerializable(typeof(Guid))]
internal sealed partial class SessionJson : JsonSerializerContext;
