using Anlan.Contracts.Accounts;

namespace Anlan.Accounts.Registry;

/// <summary>What a role's place in the world asks of its accounts at the door.</summary>
internal enum Standing
{
    /// <summary>Of an organ, or runs the installation: many people's data at a desk.</summary>
    Authority,

    /// <summary>Of an organ, but out at the machines with a phone.</summary>
    Field,

    /// <summary>At the desk of one enterprise.</summary>
    Enterprise,

    /// <summary>A welder's phone: each start asks for a proof of person anyway.</summary>
    Welder,
}

/// <summary>The one place that says which standing a role has. A role that nobody told of here is treated as an organ's: strictly.</summary>
internal static class Standings
{
    /// <summary>The standing of a role.</summary>
    public static Standing Of(string role) => role switch
    {
        RoleNames.Welder => Standing.Welder,
        RoleNames.SafetyManager => Standing.Enterprise,
        RoleNames.Installer => Standing.Field,
        _ => Standing.Authority,
    };

    /// <summary>True where a password alone is not enough outside a demo.</summary>
    public static bool AsksForSecondFactor(this Standing standing) => standing is Standing.Authority or Standing.Field;

    /// <summary>True where two people have to agree to a reset; a welder's is the enterprise's business.</summary>
    public static bool IsResetByTwo(this Standing standing) => standing is not Standing.Welder;

    /// <summary>True for a phone that stays signed in when its browser is closed.</summary>
    public static bool IsOnPhone(this Standing standing) => standing is Standing.Welder or Standing.Field;
}
