using System.Globalization;

namespace Anlan.Enterprises;

/// <summary>The words of Enterprises in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}

/// <summary>Says days.</summary>
internal static class EnterpriseWords
{
    public static string Day(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
