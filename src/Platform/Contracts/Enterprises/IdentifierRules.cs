namespace Anlan.Contracts.Enterprises;

/// <summary>Rules of the rule book on codes and numbers, named by refusals of whoever reads one.</summary>
public static class IdentifierRules
{
    /// <summary>Unified social credit code.</summary>
    public const string CreditCode = "GB-32100-2015";

    /// <summary>Organisation code, which a credit code contains.</summary>
    public const string OrganisationCode = "GB-11714-1997";

    /// <summary>Identity number, which a customary certificate number contains.</summary>
    public const string IdentityNumber = "GB-11643-1999";
}
