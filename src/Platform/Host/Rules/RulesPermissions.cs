namespace Anlan.Host.Rules;

/// <summary>What one may do with the rule book.</summary>
internal static class RulesPermissions
{
    /// <summary>Read all of it. The rules behind a verdict on a phone page are shown to whoever is signed in.</summary>
    public const string View = "rules.view";
}
