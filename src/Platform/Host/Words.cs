namespace Anlan.Host;

/// <summary>The words of the administration of the system itself: <c>Words.resx</c> (Chinese) and <c>Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}
