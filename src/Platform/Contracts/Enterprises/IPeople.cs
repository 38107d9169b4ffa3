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

    /// <summary>True when this is the person's whole name, blanks aside. Takes as long for nobody (null or unknown) as for somebody, so that the answer's time tells nothing.</summary>
    bool IsNamed(PersonId? person, string? name);

    /// <summary>True when the person's identity number ends like this, small letters as capital ones. Asks the database for nobody, too.</summary>
    Task<bool> HasIdentityEndingAsync(PersonId? person, string? ending, CancellationToken stop);
}

/// <summary>What other modules may know of a person.</summary>
/// <param name="Id">The person.</param>
/// <param name="MaskedName">For example 沈*明.</param>
/// <param name="Commitment">Salted commitment over identity number and name for log entries, hexadecimal (see <see cref="Kernel.Log.Commitment"/>).</param>
public sealed record PersonFacts(PersonId Id, string MaskedName, string Commitment);
