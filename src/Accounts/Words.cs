using Anlan.Accounts.Organs;
using Anlan.Accounts.Resets;
using Anlan.Accounts.Roles;
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

    /// <summary>What became of a reset.</summary>
    public static string StateOf(this IStringLocalizer<Words> words, ListResets.Row reset) => words["ResetState." + (reset.UsedAt is null ? reset.State.ToString() : "Used")];

    /// <summary>A role's name in the reader's language.</summary>
    public static string Say(this RoleFacts role) => FactWords.IsChinese ? role.NameZh : role.NameEn;

    /// <summary>Whom a role is for, in the reader's language; null for roles of the office's own.</summary>
    public static string? SayText(this RoleFacts role) => FactWords.IsChinese ? role.TextZh : role.TextEn;

    /// <summary>A role's name in the reader's language; the code of a role that is no more.</summary>
    public static string NameOf(this RoleBook roles, string code) => roles.Find(code)?.Say() ?? code;
}
