using System.Globalization;

namespace Anlan.Toolkit.Messages;

/// <summary>Messages to people speak the installation's first language, whatever the language of the page from which they were caused.</summary>
public static class MessageLanguage
{
    private static readonly CultureInfo First = CultureInfo.GetCultureInfo("zh-CN");

    /// <summary>What the words say in that language.</summary>
    public static string Say(Func<string> words)
    {
        var (reader, readersFormats) = (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture);
        (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (First, First);
        try
        {
            return words();
        }
        finally
        {
            (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (reader, readersFormats);
        }
    }
}
