namespace Anlan.Contracts.Training;

/// <summary>Questions about operator certificates that the rule book answers; asked by Training and by whoever lets people work.</summary>
public static class CertificateQuestions
{
    /// <summary>Who may work.</summary>
    public const string Held = "certificate.held";

    /// <summary>That the certificate has to cover the work.</summary>
    public const string Category = "certificate.category";

    /// <summary>How long a certificate is valid; judged on <see cref="IssuedOn"/>.</summary>
    public const string Validity = "certificate.validity";

    /// <summary>What a revoked certificate is worth.</summary>
    public const string Revoked = "certificate.revoked";

    /// <summary>How often it is reviewed; judged on <see cref="ReviewDueOn"/>.</summary>
    public const string Review = "certificate.review";

    /// <summary>How long before a reminder is shown.</summary>
    public const string Reminder = "certificate.reminder";

    /// <summary>How often somebody without an account may ask about certificates within a minute, from one address.</summary>
    public const string PublicChecks = "certificate.publicChecks";

    /// <summary>Date: the day of issue.</summary>
    public const string IssuedOn = "issuedOn";

    /// <summary>Date: the day on which a review is due.</summary>
    public const string ReviewDueOn = "reviewDueOn";
}
