using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Events;
using Anlan.Kernel.Ids;

namespace Anlan.Contracts.Welding;

/// <summary>A welding machine.</summary>
public readonly record struct MachineId(Guid Value) : ITypedId<MachineId>
{
    /// <inheritdoc />
    public static MachineId From(Guid value) => new(value);
}

/// <summary>One stretch of authorised work: from the decision to the confirmed end of power.</summary>
public readonly record struct SessionId(Guid Value) : ITypedId<SessionId>
{
    /// <inheritdoc />
    public static SessionId From(Guid value) => new(value);
}

/// <summary>A session ended; projected from the log.</summary>
public sealed record WeldSessionEnded(SessionId Session, MachineId Machine, PersonId Person, DateTimeOffset From, DateTimeOffset To, string Reason) : IDomainEvent
{
    /// <inheritdoc />
    public string Subject => $"machine/{Machine.Value}";
}

/// <summary>A start was refused; projected from the log.</summary>
public sealed record StartRefused(MachineId Machine, PersonId Person, DateTimeOffset At, string Reason) : IDomainEvent
{
    /// <inheritdoc />
    public string Subject => $"machine/{Machine.Value}";
}

/// <summary>Arc current was measured without a grant; projected from the log.</summary>
public sealed record ArcWithoutGrant(MachineId Machine, DateTimeOffset At) : IDomainEvent
{
    /// <inheritdoc />
    public string Subject => $"machine/{Machine.Value}";
}
