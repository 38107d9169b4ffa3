using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>What the ledger or the place lacks.</summary>
internal enum SpaceGap
{
    /// <summary>The entry was not compared with the place for too long (Order 13, art. 6).</summary>
    Review,
    /// <summary>No sign and notice board at the opening (Order 13, art. 11).</summary>
    NoticeBoard,
    /// <summary>Toxic gas may form and nothing keeps people out (Order 13, art. 12).</summary>
    Isolation,
    /// <summary>Nobody is named who answers for it.</summary>
    Responsible,
}

/// <summary>Says what a space lacks today. Nothing of it is stored: a gap ends by itself when the entry says otherwise.</summary>
internal sealed class SpaceGaps(RuleBook book, CityCalendar calendar)
{
    /// <summary>Last day on which the entry is fresh enough; counted from the entry itself where nobody looked since.</summary>
    public DateOnly ReviewDueOn(SpaceEntry space)
    {
        var looked = space.LastReviewedOn ?? calendar.DateOf(space.RegisteredAt);
        return looked.AddMonths((int)RuleOf(SpaceQuestions.Review, space).Limit);
    }

    /// <summary>What it lacks, the most urgent first; a removed space lacks nothing, and a sealed one needs nothing more to keep people out.</summary>
    public IReadOnlyList<SpaceGap> Of(SpaceEntry space)
    {
        if (space.State == SpaceState.Removed) return [];
        List<SpaceGap> gaps = [];
        if (space.Access == AccessControl.None && space.State != SpaceState.Sealed && SpaceHazards.AreToxic(space.Hazards)) gaps.Add(SpaceGap.Isolation);
        if (!space.HasNoticeBoard) gaps.Add(SpaceGap.NoticeBoard);
        if (ReviewDueOn(space) < calendar.Today) gaps.Add(SpaceGap.Review);
        if (space.Responsible is null) gaps.Add(SpaceGap.Responsible);
        return gaps;
    }

    /// <summary>The rule behind a gap.</summary>
    public RuleAnswer RuleOf(SpaceGap gap, SpaceEntry space) => RuleOf(gap switch
    {
        SpaceGap.Review => SpaceQuestions.Review,
        SpaceGap.NoticeBoard => SpaceQuestions.NoticeBoard,
        SpaceGap.Isolation => SpaceQuestions.Isolation,
        _ => SpaceQuestions.Ledger,
    }, space);

    private RuleAnswer RuleOf(string question, SpaceEntry space) => book.Demand(question, new RuleCase(calendar.Today) { Place = space.Division });
}
