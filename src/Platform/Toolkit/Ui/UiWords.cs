namespace Anlan.Toolkit.Ui;

/// <summary>The words of the shared components in every language: <c>Ui/UiWords.resx</c> (Chinese) and <c>Ui/UiWords.en.resx</c>.</summary>
public sealed class UiWords
{
    private UiWords()
    {
    }
}
