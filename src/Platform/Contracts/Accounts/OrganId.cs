using Anlan.Kernel.Ids;

namespace Anlan.Contracts.Accounts;

/// <summary>An organ: a bureau, a committee, a station or a department that supervises.</summary>
public readonly record struct OrganId(Guid Value) : ITypedId<OrganId>
{
    /// <inheritdoc />
    public static OrganId From(Guid value) => new(value);
}
