namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>What people declare of a space, as sent; <see cref="SpaceFields"/> checks it.</summary>
internal record SpaceDeclaration
{
    public string? Name { get; init; }

    /// <summary>Word of <see cref="SpaceKind"/>, such as <c>sewagePool</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Words of <see cref="SpaceHazards"/>, at least one.</summary>
    public IReadOnlyList<string>? Hazards { get; init; }

    public Guid? Enterprise { get; init; }

    /// <summary>Statistics code of the county or town where it lies.</summary>
    public string? Division { get; init; }

    /// <summary>Where it lies, in words.</summary>
    public string? Site { get; init; }

    /// <summary>With the longitude, or neither.</summary>
    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary><c>wgs84</c> or <c>gcj02</c>, where a place is given: positions from Chinese map services are GCJ-02. Never guessed.</summary>
    public string? Datum { get; init; }

    /// <summary>Cubic metres.</summary>
    public double? Volume { get; init; }

    /// <summary>Metres from the opening to the bottom.</summary>
    public double? Depth { get; init; }

    /// <summary>Form and size of the opening, in words.</summary>
    public string? Opening { get; init; }

    /// <summary>Word of <see cref="RiskLevel"/>, such as <c>major</c>.</summary>
    public string? Risk { get; init; }

    /// <summary>On the ministry's catalogue of spaces under special supervision.</summary>
    public bool IsCatalogued { get; init; }

    /// <summary>Word of <see cref="AccessControl"/>, such as <c>lock</c>.</summary>
    public string? Access { get; init; }

    /// <summary>Sign and notice board stand at the opening.</summary>
    public bool HasNoticeBoard { get; init; }

    /// <summary>Who answers for it: somebody whom the enterprise employs today.</summary>
    public Guid? Responsible { get; init; }

    /// <summary>Or the person's whole identity number.</summary>
    public string? ResponsibleIdentityNumber { get; init; }

    /// <summary>Day on which somebody last compared the entry with the place.</summary>
    public DateOnly? LastReviewedOn { get; init; }
}
