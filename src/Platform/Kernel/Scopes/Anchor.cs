using Anlan.Kernel.Divisions;

namespace Anlan.Kernel.Scopes;

/// <summary>What a record hangs on: whoever reaches one of these reaches it.</summary>
/// <param name="Place">The division where it lies, or null.</param>
/// <param name="Enterprise">The enterprise whose it is, or null.</param>
/// <param name="Organ">The organ that entered it and is answerable while it lies nowhere else, or null.</param>
public readonly record struct Anchor(DivisionCode? Place, Guid? Enterprise, Guid? Organ = null)
{
    /// <summary>True when the record lies in the scope.</summary>
    public bool IsWithin(Scope scope) => scope.Covers(Place, Enterprise) || (Organ is not null && scope.CoversOrgan(Organ));
}
