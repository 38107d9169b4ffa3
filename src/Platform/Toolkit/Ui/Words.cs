namespace Anlan.Toolkit.Ui;

/// <summary>The words of the shared components in every language: <c>Ui/Words.resx</c> (Chinese) and <c>Ui/Words.en.resx</c>.</summary>
public sealed class Words
{
    private Words()
    {
    }
}
