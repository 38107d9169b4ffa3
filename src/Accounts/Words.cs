using Microsoft.Extensions.Localization;

namespace Anlan.Accounts;

/// <summary>The words of Accounts in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}

/// <summary>Names of roles.</summary>
internal static class AccountWords
{
    public static string RoleName(this IStringLocalizer<Words> words, string? role) => words["Role." + role];
}
