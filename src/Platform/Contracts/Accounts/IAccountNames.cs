namespace Anlan.Contracts.Accounts;

/// <summary>What accounts are called, for records that name them. From the owner's index.</summary>
public interface IAccountNames
{
    /// <summary>The name under which it signs in; null for an account that is gone.</summary>
    string? NameOf(Guid account);
}
