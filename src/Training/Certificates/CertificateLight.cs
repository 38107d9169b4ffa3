namespace Anlan.Training.Certificates;

/// <summary>The colour by which a certificate is seen from afar. Never shown alone: an outline, a word and the reason go with it. Grey, in pages, is for whoever has none.</summary>
internal enum CertificateLight
{
    /// <summary>In force, nothing due soon.</summary>
    Green,

    /// <summary>In force; its review or end is as near as the reminder's rule says (90 days).</summary>
    Yellow,

    /// <summary>Carries no work: expired, review missed, revoked.</summary>
    Red,
}

/// <summary>Finds the colour.</summary>
internal static class CertificateLights
{
    public static CertificateLight Of(CertificateStatus status) => status switch
    {
        CertificateStatus.Valid => CertificateLight.Green,
        _ when CertificateRules.CarriesWork(status) => CertificateLight.Yellow,
        _ => CertificateLight.Red,
    };
}
