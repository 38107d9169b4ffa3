using Anlan.Toolkit.Personal;

namespace Anlan.Host.Privacy.People;

/// <summary>Where a person's whole file is shown.</summary>
internal static class PersonViews
{
    public static readonly PersonalView Plan = new("privacy.person", PersonalField.Name);

    public static readonly PersonalView File = new("privacy.person.file", PersonalField.Name | PersonalField.IdentityNumber | PersonalField.Phone | PersonalField.CertificateNumber) { IsExport = true };
}
