namespace Anlan.Welding.Interlock;

/// <summary>What an operator may set for welding, section <c>Anlan:Welding</c>.</summary>
internal sealed class WeldingOptions
{
    /// <summary>Demand the phone's position at a start; needs pages over https (decision record 0009). Default: no.</summary>
    public bool DemandPhonePosition { get; init; }

    /// <summary>After how long what decides about a machine without a session is let go from memory. Default: ten minutes.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between two looks for profiles that have to be worked out anew. Default: one minute.</summary>
    public TimeSpan ProfilePause { get; init; } = TimeSpan.FromMinutes(1);
}
