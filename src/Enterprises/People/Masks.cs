using System.Globalization;

namespace Anlan.Enterprises.People;

/// <summary>How personal fields look on screens, in lists and answers: enough to recognise one's own, too little to learn another's.</summary>
internal static class Masks
{
    private const int ShownInFront = 6;
    private const int ShownBehind = 4;

    /// <summary>First and last character of a name, the first only of two: the rest are stars, one for each.</summary>
    public static string Name(string name)
    {
        var characters = StringInfo.ParseCombiningCharacters(name).Length;
        if (characters == 0) return "";
        var letters = new StringInfo(name);
        if (characters == 1) return "*";
        var first = letters.SubstringByTextElements(0, 1);
        return characters == 2 ? first + "*" : first + new string('*', characters - 2) + letters.SubstringByTextElements(characters - 1, 1);
    }

    /// <summary>Six in front, four behind: <c>990000********1232</c>.</summary>
    public static string IdentityNumber(string number) =>
        number.Length <= ShownInFront + ShownBehind ? new string('*', number.Length) : number[..ShownInFront] + new string('*', number.Length - ShownInFront - ShownBehind) + number[^ShownBehind..];

    /// <summary>Three in front, four behind for mobile numbers; of shorter ones the last two.</summary>
    public static string Phone(string phone) =>
        phone.Length >= 11 ? phone[..3] + new string('*', phone.Length - 7) + phone[^4..] : new string('*', Math.Max(0, phone.Length - 2)) + phone[^Math.Min(2, phone.Length)..];
}
