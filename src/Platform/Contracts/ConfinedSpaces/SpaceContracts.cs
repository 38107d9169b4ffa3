using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Places;
using Anlan.Kernel.Scopes;

namespace Anlan.Contracts.ConfinedSpaces;

/// <summary>A confined space (有限空间) of the ledger.</summary>
public readonly record struct SpaceId(Guid Value) : ITypedId<SpaceId>
{
    /// <inheritdoc />
    public static SpaceId From(Guid value) => new(value);
}

/// <summary>Asks for confined spaces. Answered from the owner's index, updated at commit; callers never keep the answer.</summary>
public interface ISpaces
{
    /// <summary>The space, a removed one too; null when unknown.</summary>
    SpaceFacts? Find(SpaceId id);

    /// <summary>Spaces in the scope that are not removed and whose code, name or place contains the text, by code, at most <paramref name="most"/>; for pickers.</summary>
    IReadOnlyList<SpaceFacts> Search(string? text, int most, Scope scope);
}

/// <summary>What other modules may know of a confined space.</summary>
/// <param name="Id">The space.</param>
/// <param name="Code">Its number in the ledger, such as KJ-0001; part of its page's address.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Enterprise">Whose it is.</param>
/// <param name="Division">Where it lies.</param>
/// <param name="Place">WGS-84, or null when nobody measured it.</param>
/// <param name="Kind">Key of its kind, such as <c>sewagePool</c>.</param>
/// <param name="Hazards">Keys of what may hurt people in it, such as <c>hydrogenSulfide</c>.</param>
/// <param name="IsSealed">True while its opening is closed for good measure: nobody has any business in it.</param>
/// <param name="IsRemoved">True once it is gone; it stays in the ledger and needs no supervision.</param>
public sealed record SpaceFacts(
    SpaceId Id, string Code, string Name, EnterpriseId Enterprise, DivisionCode Division, GeoPoint? Place, string Kind, IReadOnlyList<string> Hazards, bool IsSealed, bool IsRemoved)
{
    /// <summary>A space belongs to its enterprise and to whoever supervises the place where it lies.</summary>
    public Anchor Anchor => new(Division, Enterprise.Value);
}
