namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>What a confined space is built as; the word comes from <c>Words</c>: <c>Kind.{kind}</c>.</summary>
internal enum SpaceKind
{
    /// <summary>Sewage pool.</summary>
    SewagePool,
    /// <summary>Storage tank.</summary>
    StorageTank,
    /// <summary>Cellar.</summary>
    Cellar,
    /// <summary>Manhole.</summary>
    Manhole,
    /// <summary>Furnace.</summary>
    Furnace,
    /// <summary>Pickling vat.</summary>
    PicklingVat,
    /// <summary>Paper pulp tank.</summary>
    PulpTank,
    /// <summary>Silo.</summary>
    Silo,
    /// <summary>None of these.</summary>
    Other,
}

/// <summary>How grave an accident in it would be and how likely; the four levels of the prevention by risk.</summary>
internal enum RiskLevel
{
    /// <summary>Red.</summary>
    Major,
    /// <summary>Orange.</summary>
    Considerable,
    /// <summary>Yellow.</summary>
    Moderate,
    /// <summary>Blue.</summary>
    Low,
}

/// <summary>What keeps people out who have no permit (Order 13, art. 12).</summary>
internal enum AccessControl
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>A lock.</summary>
    Lock,
    /// <summary>A fence.</summary>
    Fence,
    /// <summary>A net.</summary>
    Net,
}

/// <summary>How a space stands in the ledger.</summary>
internal enum SpaceState
{
    /// <summary>Found and entered; not yet confirmed to be in use.</summary>
    Identified,
    /// <summary>In use: people may have to go in.</summary>
    Active,
    /// <summary>Its opening is closed; nobody goes in.</summary>
    Sealed,
    /// <summary>It is no longer there; final.</summary>
    Removed,
}
