using System.Globalization;
using Anlan.Accounts.Organs;
using Anlan.Toolkit.Ui;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts;

/// <summary>The words of Accounts in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}

/// <summary>Names of roles and organs.</summary>
internal static class AccountWords
{
    /// <summary>An organ's name in the reader's language.</summary>
    public static string Say(this OrganName organ) => FactWords.IsChinese ? organ.NameZh : organ.NameEn;

    /// <summary>An organ's name in the reader's language.</summary>
    public static string Say(this OrganFacts organ) => FactWords.IsChinese ? organ.NameZh : organ.NameEn;

    /// <summary>An organ's name in the reader's language.</summary>
    public static string Say(this ListOrgans.Row organ) => FactWords.IsChinese ? organ.NameZh : organ.NameEn;

    /// <summary>An organ's name in the reader's language.</summary>
    public static string Say(this ShowOrgan.Shown organ) => FactWords.IsChinese ? organ.NameZh : organ.NameEn;

    public static string NameOf(this IStringLocalizer<Words> words, OrganKind kind) => words["OrganKind." + kind];

    public static string Day(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string RoleName(this IStringLocalizer<Words> words, string? role) => words["Role." + role];
}
