using System.Globalization;
using System.Resources;

namespace Anlan.Toolkit.Import;

/// <summary>Words of the files that imports read and write; they stand with those of the shared components.</summary>
internal static class ImportWords
{
    private static readonly ResourceManager All = new("Anlan.Toolkit.Ui.UiWords", typeof(ImportWords).Assembly);

    public static string Say(string key) => All.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
