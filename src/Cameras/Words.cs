namespace Anlan.Cameras;

/// <summary>The words of Cameras in every language: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}
