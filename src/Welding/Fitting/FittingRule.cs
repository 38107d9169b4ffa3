namespace Anlan.Welding.Fitting;

/// <summary>Which act leads from which state to which; pure.</summary>
internal static class FittingRule
{
    /// <summary>The state after an act, or null when the act does not fit to the state.</summary>
    public static FittingState? Next(FittingState from, FittingAct act) => (act, from) switch
    {
        (FittingAct.Survey, FittingState.Unfitted or FittingState.Surveyed or FittingState.Removed) => FittingState.Surveyed,
        (FittingAct.Schedule, FittingState.Surveyed or FittingState.Scheduled) => FittingState.Scheduled,
        (FittingAct.Install, FittingState.Unfitted or FittingState.Surveyed or FittingState.Scheduled or FittingState.Removed) => FittingState.Installed,
        (FittingAct.Pass, FittingState.Installed or FittingState.Tested or FittingState.Faulty) => FittingState.Tested,
        (FittingAct.Pass, FittingState.Active) => FittingState.Active,
        (FittingAct.Fail, FittingState.Installed) => FittingState.Installed,
        // A chip that was good and is not any more: nothing is started with it.
        (FittingAct.Fail, FittingState.Tested or FittingState.Active or FittingState.Faulty) => FittingState.Faulty,
        (FittingAct.Activate, FittingState.Tested) => FittingState.Active,
        (FittingAct.ReportFault, FittingState.Installed or FittingState.Tested or FittingState.Active) => FittingState.Faulty,
        (FittingAct.Remove, FittingState.Installed or FittingState.Tested or FittingState.Active or FittingState.Faulty) => FittingState.Removed,
        (FittingAct.Remove, FittingState.Scrapped) => FittingState.Scrapped,
        (FittingAct.Scrap, not FittingState.Scrapped) => FittingState.Scrapped,
        _ => null,
    };

    /// <summary>
    /// True when the last step can be taken back. A fault is over by a passed self-test and a chip comes back by being fitted: taking those back would give power without a test.
    /// </summary>
    public static bool CanBeUndone(FittingAct act) => act is FittingAct.Survey or FittingAct.Schedule or FittingAct.Install or FittingAct.Activate;

    /// <summary>True when a chip sits on the machine in this state.</summary>
    public static bool HasChip(FittingState state) => state is FittingState.Installed or FittingState.Tested or FittingState.Active or FittingState.Faulty;
}
