namespace Anlan.Alarms;

/// <summary>The words of Alarms in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}
