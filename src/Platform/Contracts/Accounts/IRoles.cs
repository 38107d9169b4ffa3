namespace Anlan.Contracts.Accounts;

/// <summary>The roles of this installation: the built-in ones and those that the office added.</summary>
public interface IRoles
{
    /// <summary>The role with this code, or null.</summary>
    RoleName? Find(string code);
}

/// <summary>What a role is called.</summary>
/// <param name="Code">Its code.</param>
/// <param name="NameZh">Name on Chinese screens.</param>
/// <param name="NameEn">Name on English screens.</param>
public sealed record RoleName(string Code, string NameZh, string NameEn);
