namespace Anlan.Contracts.Enterprises;

/// <summary>Says what one module has built on records of Enterprises: a record that is in use is not removed when the import that entered it is undone.</summary>
public interface IRecordUses
{
    /// <summary>Those of some enterprises that the module's records name.</summary>
    Task<IReadOnlySet<EnterpriseId>> OfAsync(IReadOnlyCollection<EnterpriseId> enterprises, CancellationToken stop);

    /// <summary>Those of some people that the module's records name.</summary>
    Task<IReadOnlySet<PersonId>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken stop);
}
