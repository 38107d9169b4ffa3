namespace Anlan.Cameras.Worker.Seeing;

/// <summary>From when on a camera does not see; brightness is 16 (black) to 235 (white).</summary>
internal sealed record SightSettings
{
    /// <summary>No picture for so long: off-line.</summary>
    public TimeSpan OfflineAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Every picture the same as the first one for so long: frozen. Longer than what coders take from one whole picture to the next, between which nothing may change before a good camera.</summary>
    public TimeSpan FrozenAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Nothing but one surface for so long: covered.</summary>
    public TimeSpan CoveredAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Too dark for so long: dark.</summary>
    public TimeSpan DarkAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Another layout for so long: moved. Longer than a lorry takes to pass.</summary>
    public TimeSpan MovedAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>So long it has to be well again.</summary>
    public TimeSpan WellAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Cells that may differ, of all: none would be a coder's whim.</summary>
    public double FrozenCells { get; init; } = 0.001;

    /// <summary>Largest spread of the cells' brightness of one surface (standard deviation).</summary>
    public double CoveredSpread { get; init; } = 7;

    /// <summary>Most places with an edge on one surface, of all.</summary>
    public double CoveredEdges { get; init; } = 0.01;

    /// <summary>Nine of ten cells are darker than this: dark.</summary>
    public double DarkBelow { get; init; } = 40;

    /// <summary>Pixels that differ less than this from their neighbours in the mean are no night but a lid.</summary>
    public double DarkGrain { get; init; } = 0.35;

    /// <summary>Less alike than this: moved.</summary>
    public double MovedBelow { get; init; } = 0.35;

    /// <summary>More alike than this: in its place again.</summary>
    public double InPlaceAbove { get; init; } = 0.5;

    /// <summary>For so long the layout is learned after zones were drawn.</summary>
    public TimeSpan LearnFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>In so long two thirds of what is known has been replaced by how it looks now, as shadows wander.</summary>
    public TimeSpan FollowIn { get; init; } = TimeSpan.FromMinutes(15);
}
