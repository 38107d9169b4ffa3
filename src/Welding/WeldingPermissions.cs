namespace Anlan.Welding;

/// <summary>What one may do with welding machines.</summary>
internal static class WeldingPermissions
{
    /// <summary>See machines, sessions and refusals within one's scope.</summary>
    public const string View = "welding.view";

    /// <summary>Register and edit machines.</summary>
    public const string Register = "welding.register";

    /// <summary>Fit chips to machines and take them off.</summary>
    public const string Fit = "welding.fit";

    /// <summary>Lock, unlock and scrap machines; cut the power of a running one.</summary>
    public const string Control = "welding.control";

    /// <summary>Rotate the key that signs grants.</summary>
    public const string Keys = "welding.keys";

    /// <summary>Start and stop a machine with a proof of person.</summary>
    public const string Start = "welding.start";
}
