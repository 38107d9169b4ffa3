namespace Anlan.Enterprises;

/// <summary>What follows for Enterprises from the settings of the installation.</summary>
internal sealed class EnterprisesOptions
{
    /// <summary>
    /// Accepts identity numbers of division 990000, which no place has, so that demos and tests need no real person's number. On in a demo
    /// installation (<c>Anlan:Demo</c>) only.
    /// </summary>
    public bool AllowSyntheticIdentities { get; set; }
}
