namespace Anlan.Accounts.Organs;

/// <summary>What an organ is.</summary>
internal enum OrganKind
{
    /// <summary>The city's emergency management bureau.</summary>
    CityBureau,

    /// <summary>A county's or district's emergency management bureau.</summary>
    CountyBureau,

    /// <summary>The committee of a functional zone, which has no code of its own in the statistics.</summary>
    FunctionalZoneCommittee,

    /// <summary>The emergency station of a town or subdistrict.</summary>
    TownStation,

    /// <summary>Fire and rescue.</summary>
    FireBrigade,

    /// <summary>Police.</summary>
    Police,

    /// <summary>Urban management.</summary>
    UrbanManagement,

    /// <summary>Market supervision.</summary>
    MarketSupervision,

    /// <summary>Housing and construction.</summary>
    Construction,

    /// <summary>Education.</summary>
    Education,
}

/// <summary>
/// A line of supervision. Within one line a place has one supervisor and those above it; the lines stand beside each other, so that a fire
/// brigade supervises a town no matter which emergency bureau does.
/// </summary>
internal enum SupervisionLine
{
    /// <summary>Bureaus, committees of functional zones, town stations.</summary>
    EmergencyManagement,

    /// <summary>Fire and rescue.</summary>
    Fire,

    /// <summary>Police.</summary>
    Police,

    /// <summary>Urban management.</summary>
    UrbanManagement,

    /// <summary>Market supervision.</summary>
    MarketSupervision,

    /// <summary>Housing and construction.</summary>
    Construction,

    /// <summary>Education.</summary>
    Education,
}

/// <summary>Which kind belongs to which line.</summary>
internal static class OrganKinds
{
    public static SupervisionLine LineOf(OrganKind kind) => kind switch
    {
        OrganKind.CityBureau or OrganKind.CountyBureau or OrganKind.FunctionalZoneCommittee or OrganKind.TownStation => SupervisionLine.EmergencyManagement,
        OrganKind.FireBrigade => SupervisionLine.Fire,
        OrganKind.Police => SupervisionLine.Police,
        OrganKind.UrbanManagement => SupervisionLine.UrbanManagement,
        OrganKind.MarketSupervision => SupervisionLine.MarketSupervision,
        OrganKind.Construction => SupervisionLine.Construction,
        OrganKind.Education => SupervisionLine.Education,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind."),
    };
}
