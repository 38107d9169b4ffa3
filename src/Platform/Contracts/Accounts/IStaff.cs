using Anlan.Kernel.Scopes;

namespace Anlan.Contracts.Accounts;

/// <summary>Asks who of the staff may do something somewhere, to tell them of it. From the owner's index.</summary>
public interface IStaff
{
    /// <summary>Whose enabled account holds a permission and reaches a record at this moment; programs and welders are none of them.</summary>
    /// <param name="permission">The permission.</param>
    /// <param name="where">What the record hangs on; on nothing: whoever runs the installation.</param>
    IReadOnlyList<StaffMember> Holding(string permission, Anchor where);

    /// <summary>Whose enabled account of one office holds a permission.</summary>
    IReadOnlyList<StaffMember> Of(Office office, string permission);

    /// <summary>The member of the staff with this account; null when the account is none, is disabled or lacks the permission.</summary>
    StaffMember? Find(Guid account, string permission);

    /// <summary>What an organ is called in the reader's language; null for an office that is none.</summary>
    string? NameOf(OrganId organ);
}

/// <summary>Somebody of the staff.</summary>
/// <param name="Account">The account.</param>
/// <param name="Level">0 enterprise, 1 town station, 2 county, zone and departments, 3 city, also whoever runs the installation.</param>
/// <param name="Office">For whom the account acts.</param>
public sealed record StaffMember(Guid Account, int Level, Office Office);

/// <summary>The organ or the enterprise for which somebody of the staff acts; neither: whoever runs the installation.</summary>
/// <param name="Organ">The organ, or null.</param>
/// <param name="Enterprise">The enterprise, or null.</param>
public readonly record struct Office(Guid? Organ, Guid? Enterprise);
