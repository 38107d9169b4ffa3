using Anlan.Kernel.Outcomes;
using Microsoft.AspNetCore.Http;

namespace Anlan.Toolkit.Http;

/// <summary>Reads words of a closed list out of addresses, where they stand as in answers: <c>kind=selfEmployed</c>.</summary>
public static class EnumQuery
{
    /// <summary>True with the word's value, or with null for no word at all; false for a word that is not on the list.</summary>
    public static bool TryRead<TEnum>(string? text, out TEnum? value) where TEnum : struct, Enum
    {
        var isWord = Enum.TryParse<TEnum>(text, ignoreCase: true, out var found) && Enum.IsDefined(found) && text!.All(char.IsAsciiLetter);
        value = isWord ? found : null;
        return isWord || string.IsNullOrEmpty(text);
    }

    /// <summary>The problem for a word that is not on the list.</summary>
    public static IResult NoSuchWord(string field, string? text) => OutcomeResults.ToProblem([Refusal.OfField(field, "WordInvalid") with { Measured = FactValue.Text(text ?? "") }]);
}
