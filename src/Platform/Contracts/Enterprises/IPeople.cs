using Anlan.Kernel.Scopes;

namespace Anlan.Contracts.Enterprises;

/// <summary>Asks for people. Names are masked here; the full value is shown only by Enterprises itself and recorded.</summary>
public interface IPeople
{
    /// <summary>The person, or null when unknown or erased. From the owner's index.</summary>
    PersonFacts? Find(PersonId person);

    /// <summary>True when the person lies in the scope: bound to an enterprise in it, or not bound to anybody yet and entered by its organs or for its enterprise.</summary>
    bool IsWithin(PersonId person, Scope scope);

    /// <summary>All people in the scope, in no order.</summary>
    IReadOnlyCollection<PersonId> Within(Scope scope);

    /// <summary>The person with this identity number, or null; looked up through the blind index.</summary>
    Task<PersonId?> FindByIdentityNumberAsync(string identityNumber, CancellationToken stop);
}

/// <summary>What other modules may know of a person.</summary>
/// <param name="Id">The person.</param>
/// <param name="MaskedName">For example 沈*明.</param>
/// <param name="Commitment">Salted commitment over identity number and name for log entries, hexadecimal (see <see cref="Kernel.Log.Commitment"/>).</param>
public sealed record PersonFacts(PersonId Id, string MaskedName, string Commitment);
