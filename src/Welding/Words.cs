namespace Anlan.Welding;

/// <summary>The words of Welding in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}
