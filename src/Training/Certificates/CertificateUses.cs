using Anlan.Contracts.Enterprises;

namespace Anlan.Training.Certificates;

/// <summary>People who hold certificates.</summary>
internal sealed class CertificateUses(CertificateIndex index) : IRecordUses
{
    public Task<IReadOnlySet<EnterpriseId>> OfAsync(IReadOnlyCollection<EnterpriseId> enterprises, CancellationToken stop) => Task.FromResult<IReadOnlySet<EnterpriseId>>(new HashSet<EnterpriseId>());

    public Task<IReadOnlySet<PersonId>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken stop) => Task.FromResult<IReadOnlySet<PersonId>>(people.Where(person => index.Of(person).Count > 0).ToHashSet());
}
