using Anlan.Contracts.Enterprises;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>A space as lists show it.</summary>
/// <param name="Id">The space.</param>
/// <param name="Code">Number in the ledger.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">What it is built as.</param>
/// <param name="Hazards">What may hurt people in it.</param>
/// <param name="Enterprise">Whose it is.</param>
/// <param name="EnterpriseName">Its name, or null when unknown.</param>
/// <param name="Division">Where it lies.</param>
/// <param name="DivisionName">Its name, or null when unknown.</param>
/// <param name="Site">Where it lies, in words.</param>
/// <param name="Latitude">WGS-84, or null.</param>
/// <param name="Longitude">WGS-84, or null.</param>
/// <param name="Risk">Risk level.</param>
/// <param name="IsCatalogued">On the ministry's catalogue of spaces under special supervision.</param>
/// <param name="Access">What keeps people out.</param>
/// <param name="HasNoticeBoard">Sign and notice board stand at the opening.</param>
/// <param name="LastReviewedOn">Day of the last comparison with the place, or null.</param>
/// <param name="ReviewDueOn">Last day on which the entry is fresh enough.</param>
/// <param name="State">How it stands.</param>
/// <param name="Gaps">What it lacks today, the most urgent first.</param>
internal sealed record SpaceRow(
    Guid Id, string Code, string Name, SpaceKind Kind, IReadOnlyList<string> Hazards, Guid Enterprise, string? EnterpriseName, string Division, string? DivisionName, string Site, double? Latitude, double? Longitude,
    RiskLevel Risk, bool IsCatalogued, AccessControl Access, bool HasNoticeBoard, DateOnly? LastReviewedOn, DateOnly ReviewDueOn, SpaceState State, IReadOnlyList<SpaceGap> Gaps);

/// <summary>Puts names and gaps beside the declared facts.</summary>
internal sealed class SpaceRows(IEnterprises enterprises, IDivisions divisions, SpaceGaps gaps)
{
    public string? EnterpriseNameOf(SpaceEntry space) => enterprises.Find(space.Enterprise)?.Name;

    public string? DivisionNameOf(SpaceEntry space) => divisions.Find(space.Division)?.Name;

    public SpaceRow Of(SpaceEntry space) => new(
        space.Id.Value, space.Code, space.Name, space.Kind, space.Hazards, space.Enterprise.Value, EnterpriseNameOf(space), space.Division.Value, DivisionNameOf(space), space.Site, space.Place?.Latitude,
        space.Place?.Longitude, space.Risk, space.IsCatalogued, space.Access, space.HasNoticeBoard, space.LastReviewedOn, gaps.ReviewDueOn(space), space.State, gaps.Of(space));
}
