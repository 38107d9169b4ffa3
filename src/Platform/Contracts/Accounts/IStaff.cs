using Anlan.Kernel.Scopes;

namespace Anlan.Contracts.Accounts;

/// <summary>Asks who of the staff may do something somewhere, to tell them of it. From the owner's index.</summary>
public interface IStaff
{
    /// <summary>Whose enabled account holds a permission and reaches a record at this moment; programs and welders are none of them.</summary>
    /// <param name="permission">The permission.</param>
    /// <param name="where">What the record hangs on; on nothing: whoever runs the installation.</param>
    IReadOnlyList<StaffMember> Holding(string permission, Anchor where);
}

/// <summary>Somebody of the staff.</summary>
/// <param name="Account">The account.</param>
/// <param name="Level">0 enterprise, 1 town station, 2 county, zone and departments, 3 city, also whoever runs the installation.</param>
public sealed record StaffMember(Guid Account, int Level);
