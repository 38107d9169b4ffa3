using Anlan.Toolkit.Personal;

namespace Anlan.Training.Certificates;

/// <summary>Where Training shows people.</summary>
internal static class CertificateViews
{
    private const PersonalField Both = PersonalField.Name | PersonalField.CertificateNumber;

    public static readonly PersonalView List = new("training.certificates", Both);

    public static readonly PersonalView Export = new("training.certificates.export", Both) { IsExport = true };

    public static readonly PersonalView One = new("training.certificate", Both);

    public static readonly PersonalView Scan = new("training.scan.revealed", Both | PersonalField.IdentityNumber | PersonalField.Picture);

    public static readonly PersonalView Holder = new("training.holder", PersonalField.Name);
}
