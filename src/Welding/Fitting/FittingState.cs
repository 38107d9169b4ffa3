namespace Anlan.Welding.Fitting;

/// <summary>How far the fitting of a machine's chip has come. Only an active one may be started.</summary>
public enum FittingState
{
    /// <summary>Registered; nobody has looked at it yet.</summary>
    Unfitted,
    /// <summary>Somebody was there: it can take a chip.</summary>
    Surveyed,
    /// <summary>A day is agreed.</summary>
    Scheduled,
    /// <summary>A chip sits on it and was not tested yet.</summary>
    Installed,
    /// <summary>The chip passed its self-test.</summary>
    Tested,
    /// <summary>In use.</summary>
    Active,
    /// <summary>Somebody reported a fault, or a self-test failed.</summary>
    Faulty,
    /// <summary>The chip was taken off.</summary>
    Removed,
    /// <summary>Taken out of use for good.</summary>
    Scrapped,
}

/// <summary>What is done on the way.</summary>
public enum FittingAct
{
    /// <summary>Looked at the machine.</summary>
    Survey,
    /// <summary>Agreed on a day.</summary>
    Schedule,
    /// <summary>Fitted a chip.</summary>
    Install,
    /// <summary>A self-test passed.</summary>
    Pass,
    /// <summary>A self-test failed.</summary>
    Fail,
    /// <summary>Put to use.</summary>
    Activate,
    /// <summary>Reported a fault.</summary>
    ReportFault,
    /// <summary>Took the chip off.</summary>
    Remove,
    /// <summary>Scrapped the machine.</summary>
    Scrap,
    /// <summary>Came in with an import file.</summary>
    Import,
}
