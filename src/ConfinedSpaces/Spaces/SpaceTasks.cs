using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>Spaces that lack what the rules demand, until the entry says otherwise.</summary>
internal sealed class SpaceTasks(SpaceIndex index, SpaceGaps gaps, SpaceRows rows, CurrentScope scope, IStringLocalizer<Words> words) : IDeskTasks
{
    public Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop)
    {
        var lacking = index.Within(scope.Now).SelectMany(space => gaps.Of(space).Select(gap => (Space: space, Gap: gap))).ToLookup(pair => pair.Gap, pair => pair.Space);
        return Task.FromResult<IReadOnlyList<DeskTask>>([.. Enum.GetValues<SpaceGap>().SelectMany(gap => TasksOf(gap, [.. lacking[gap].OrderBy(space => space.Code, StringComparer.Ordinal)]))]);
    }

    private IEnumerable<DeskTask> TasksOf(SpaceGap gap, List<SpaceEntry> spaces)
    {
        if (spaces.Count > DeskTask.MostOfAKind)
        {
            return
            [
                new DeskTask("well", words[$"Desk.Spaces.{gap}", spaces.Count], words[$"Desk.Why.{gap}"], gap == SpaceGap.Review ? spaces.Min(gaps.ReviewDueOn) : null, words["Desk.See"], $"/spaces?gap={SpaceLook.Key(gap)}")
                { Rule = gaps.RuleOf(gap, spaces[0]).Rules[0] },
            ];
        }

        return spaces.Select(space => new DeskTask(
            "well", words[$"Desk.Space.{gap}", space.Code, space.Name, rows.EnterpriseNameOf(space) ?? space.Site], words[$"Desk.Why.{gap}"], gap == SpaceGap.Review ? gaps.ReviewDueOn(space) : null, words[$"Desk.Do.{gap}"], $"/spaces/{space.Code}")
        { Rule = gaps.RuleOf(gap, space).Rules[0] });
    }
}
