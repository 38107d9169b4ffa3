using Anlan.Kernel.Ids;

namespace Anlan.Contracts.Enterprises;

/// <summary>An enterprise or a self-employed person's business.</summary>
public readonly record struct EnterpriseId(Guid Value) : ITypedId<EnterpriseId>
{
    /// <inheritdoc />
    public static EnterpriseId From(Guid value) => new(value);
}

/// <summary>A natural person. A pseudonym: the name and identity number lie with Enterprises and can be erased.</summary>
public readonly record struct PersonId(Guid Value) : ITypedId<PersonId>
{
    /// <inheritdoc />
    public static PersonId From(Guid value) => new(value);
}
