using Anlan.Kernel.Events;

namespace Anlan.Contracts.Enterprises;

/// <summary>A person was unbound from an enterprise, or the binding's end was moved to the past.</summary>
public sealed record PersonUnbound(PersonId Person, EnterpriseId Enterprise, string Reason) : IDomainEvent
{
    /// <inheritdoc />
    public string Subject => $"person/{Person.Value}";
}

/// <summary>An enterprise was closed.</summary>
public sealed record EnterpriseClosed(EnterpriseId Enterprise) : IDomainEvent
{
    /// <inheritdoc />
    public string Subject => $"enterprise/{Enterprise.Value}";
}
