namespace Anlan.Welding.Profiles;

/// <summary>One dimension as shown.</summary>
/// <param name="Key">Which dimension.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Records">Records behind it.</param>
/// <param name="Score">0 to 100; null without records.</param>
/// <param name="Deductions">What is missing to 100.</param>
/// <param name="OfPeers">The peers' average; null without peers, or when too few have records.</param>
public sealed record ShownDimension(string Key, double Weight, int Records, double? Score, IReadOnlyList<ScoredDeduction> Deductions, double? OfPeers);

/// <summary>The score of a month.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Score">The score at its end, or now.</param>
/// <param name="Formula">Version by which it was worked out.</param>
public sealed record ProfilePoint(DateOnly Month, double? Score, string Formula);

/// <summary>With whom a profile is compared.</summary>
/// <param name="Count">How many; the subject itself is none of them.</param>
/// <param name="Score">Their average.</param>
/// <param name="County">Where.</param>
/// <param name="Class">Kind of machine, or size of enterprise; empty for welders.</param>
public sealed record PeerGroup(int Count, double Score, string County, string Class);

/// <summary>A profile as shown.</summary>
/// <param name="Subject">Of what kind.</param>
/// <param name="Id">Which.</param>
/// <param name="Name">Name or code; a person's is masked.</param>
/// <param name="Address">Its own page.</param>
/// <param name="Score">0 to 100; null when no dimension has records.</param>
/// <param name="Dimensions">In the formula's order.</param>
/// <param name="Peers">Null when there are fewer than <see cref="LeastPeers"/>: then not even their number is told.</param>
/// <param name="LeastPeers">From so many on peers are compared.</param>
/// <param name="Trend">Oldest first, this month last.</param>
/// <param name="Formula">Version in force.</param>
/// <param name="At">When it was counted.</param>
public sealed record ShownProfile(
    ProfileSubject Subject, Guid Id, string Name, string Address, double? Score, IReadOnlyList<ShownDimension> Dimensions, PeerGroup? Peers, int LeastPeers, IReadOnlyList<ProfilePoint> Trend, string Formula, DateTimeOffset At);
