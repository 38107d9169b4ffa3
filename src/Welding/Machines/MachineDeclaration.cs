namespace Anlan.Welding.Machines;

/// <summary>What people declare of a machine, as sent; <see cref="MachineFields"/> checks it.</summary>
internal record MachineDeclaration
{
    /// <summary><c>electric</c> or <c>gas</c>.</summary>
    public string? Kind { get; init; }

    public string? Model { get; init; }

    /// <summary>Amperes; left out or 0 for gas.</summary>
    public int? RatedCurrent { get; init; }

    /// <summary>Owner within one's scope, when an enterprise owns it. No owner at all: the user owns it.</summary>
    public Guid? OwnerEnterprise { get; init; }

    /// <summary>Or its whole credit code: rented machines come from anywhere.</summary>
    public string? OwnerCreditCode { get; init; }

    /// <summary>Owner within one's scope, when a person owns it.</summary>
    public Guid? OwnerPerson { get; init; }

    /// <summary>Or the person's whole identity number.</summary>
    public string? OwnerIdentityNumber { get; init; }

    /// <summary>For whom it is used.</summary>
    public Guid? UserEnterprise { get; init; }

    /// <summary>Statistics code of the county or town where it stands.</summary>
    public string? Division { get; init; }

    /// <summary>Where it stands, in words.</summary>
    public string? Site { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary><c>wgs84</c> or <c>gcj02</c>: positions from Chinese map services are GCJ-02. Never guessed.</summary>
    public string? Datum { get; init; }

    /// <summary>How far from its place the chip may be; left out: the usual one of the rule book.</summary>
    public int? FenceMetres { get; init; }
}
