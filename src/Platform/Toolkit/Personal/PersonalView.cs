
namespace Anlan.Toolkit.Personal;

/// <summary>Personal fields of which somebody may learn.</summary>
[Flags]
public enum PersonalField
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>Name.</summary>
    Name = 1,
    /// <summary>Identity number.</summary>
    IdentityNumber = 2,
    /// <summary>Telephone.</summary>
    Phone = 4,
    /// <summary>Number of an operator certificate, which usually holds the identity number.</summary>
    CertificateNumber = 8,
    /// <summary>A picture that shows the person.</summary>
    Picture = 16,
}

/// <summary>A list, page or export in which somebody meets personal data; its name on screens is <c>View.</c> and the key.</summary>
/// <param name="Key">For example <c>enterprises.people</c>.</param>
/// <param name="Fields">What it shows.</param>
public sealed record PersonalView(string Key, PersonalField Fields)
{
    /// <summary>True when the file leaves the platform: each one is recorded, however often.</summary>
    public bool IsExport { get; init; }
}
