using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>One space with everything that was declared, what it lacks, and whether anybody may be inside now.</summary>
internal sealed class ShowSpace(FindSpace find, SpaceRows rows, SpaceGaps gaps, IPeople people, IEmployment employment, PeopleSeen seen, IEntryPermits permits, CityCalendar calendar, TimeProvider clock)
{
    /// <summary>The rule behind a gap.</summary>
    /// <param name="Gap">What is lacking.</param>
    /// <param name="Rule">Id of the rule.</param>
    /// <param name="On">The day on which it is judged.</param>
    public sealed record GapRule(SpaceGap Gap, string Rule, DateOnly On);

    /// <summary>The permit under which people may be inside now.</summary>
    public sealed record Permit(Guid Id, string Number, int Entrants, bool HasAttendant, DateTimeOffset Until);

    /// <param name="Space">As in lists.</param>
    /// <param name="Volume">Cubic metres, or null.</param>
    /// <param name="Depth">Metres, or null.</param>
    /// <param name="Opening">In words, or null.</param>
    /// <param name="Responsible">Who answers for it, or null.</param>
    /// <param name="ResponsibleName">Masked.</param>
    /// <param name="IsResponsibleEmployed">False when the enterprise employs that person no longer.</param>
    /// <param name="NeedsPrincipal">True when the principal, or somebody delegated in writing, approves each entry (Order 13, art. 7).</param>
    /// <param name="GapRules">The rules behind what it lacks.</param>
    /// <param name="StateReason">Why it is in this state, or null.</param>
    /// <param name="StateChangedAt">Since when.</param>
    /// <param name="Next">The states that it may take next.</param>
    /// <param name="ArePermitsKept">False when no module of this installation keeps permits: then every presence is an intrusion.</param>
    /// <param name="Permit">The permit in force, or null: nobody may be inside.</param>
    /// <param name="RegisteredAt">When it was entered.</param>
    /// <param name="Version">To be sent with an edit.</param>
    public sealed record Shown(
        SpaceRow Space, double? Volume, double? Depth, string? Opening, Guid? Responsible, string? ResponsibleName, bool IsResponsibleEmployed, bool NeedsPrincipal, IReadOnlyList<GapRule> GapRules, string? StateReason,
        DateTimeOffset StateChangedAt, IReadOnlyList<SpaceState> Next, bool ArePermitsKept, Permit? Permit, DateTimeOffset RegisteredAt, int Version);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/spaces/{code}", (string code, ShowSpace slice, CancellationToken stop) => slice.RunAsync(code, stop).ToHttpAsync())
            .RequirePermission(ConfinedSpacesPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Confined spaces").WithSummary("Show a confined space");

    public async Task<Outcome<Shown>> RunAsync(string code, CancellationToken stop)
    {
        if (find.Entry(code) is not { } entry || await find.RowAsync(code, stop) is not { } space) return FindSpace.Unknown(code);
        var today = calendar.Today;
        if (space.Responsible is { } shown) seen.Add(SpaceViews.Responsible, shown.Value);
        var isEmployed = space.Responsible is { } person && employment.FindBinding(person, space.Enterprise, today) is not null;
        var answer = await permits.FindActiveAsync(space.Id, clock.GetUtcNow(), stop);
        var rules = gaps.Of(entry).Select(gap => new GapRule(gap, gaps.RuleOf(gap, entry).Deciding.Id, today));
        return new Shown(
            rows.Of(entry), space.Volume, space.Depth, space.Opening, space.Responsible?.Value, space.Responsible is { } named ? people.Find(named)?.MaskedName : null, isEmployed, SpaceHazards.NeedPrincipal(space.Hazards),
            [.. rules], space.StateReason, space.StateChangedAt, ChangeSpaceState.Next(space.State), answer.IsKept,
            answer.Permit is { } permit ? new Permit(permit.Id, permit.Number, permit.Entrants, permit.Attendant is not null, permit.Until) : null, space.RegisteredAt, space.Version);
    }
}
