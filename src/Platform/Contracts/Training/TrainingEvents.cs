using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Events;

namespace Anlan.Contracts.Training;

/// <summary>A certificate was revoked, or changed so that it may no longer carry running work (dates, category).</summary>
public sealed record CertificateWithdrawn(Guid Certificate, PersonId Person, string Reason) : IDomainEvent
{
    /// <inheritdoc />
    public string Subject => $"person/{Person.Value}";
}
