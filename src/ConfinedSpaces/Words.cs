namespace Anlan.ConfinedSpaces;

/// <summary>The words of ConfinedSpaces in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}
