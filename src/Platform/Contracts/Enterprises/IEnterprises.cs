using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;

namespace Anlan.Contracts.Enterprises;

/// <summary>Asks for enterprises. From the owner's index.</summary>
public interface IEnterprises
{
    /// <summary>The enterprise, or null.</summary>
    EnterpriseFacts? Find(EnterpriseId enterprise);

    /// <summary>True when the enterprise exists and lies in the scope.</summary>
    bool IsWithin(EnterpriseId enterprise, Scope scope);

    /// <summary>Enterprises in the scope whose name or credit code contains the text, at most <paramref name="most"/>; for pickers and searches.</summary>
    IReadOnlyList<EnterpriseFacts> Search(string? text, int most, Scope scope);

    /// <summary>The enterprise with exactly this credit code, wherever it is: whoever gives all of it has the business licence in hand.</summary>
    EnterpriseFacts? FindByCreditCode(string creditCode);
}

/// <summary>What other modules may know of an enterprise.</summary>
/// <param name="Id">The enterprise.</param>
/// <param name="Name">Registered name.</param>
/// <param name="CreditCode">Unified social credit code; null for a self-employed person without one.</param>
/// <param name="Division">Town or county where it is.</param>
/// <param name="IsActive">False once closed; nobody starts a machine for a closed enterprise.</param>
public sealed record EnterpriseFacts(EnterpriseId Id, string Name, string? CreditCode, DivisionCode Division, bool IsActive);
