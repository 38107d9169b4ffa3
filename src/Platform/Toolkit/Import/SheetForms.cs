using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Import;

/// <summary>All kinds of files that can be imported, and their words in both languages: a file made in one language is read in the other too.</summary>
public sealed class SheetForms(IEnumerable<SheetForm> forms)
{
    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en")];
    private readonly ConcurrentDictionary<Type, ResourceManager> _words = new();
    private readonly ConcurrentDictionary<(string, string), IReadOnlyDictionary<string, string>> _choices = new();

    /// <summary>All of them in their order.</summary>
    public IReadOnlyList<SheetForm> All { get; } = [.. forms.OrderBy(form => form.Order).ThenBy(form => form.Key, StringComparer.Ordinal)];

    /// <summary>The form with a key, or null.</summary>
    public SheetForm? Find(string? key) => All.FirstOrDefault(form => form.Key == key);

    /// <summary>A word of the form in the reader's language.</summary>
    public string Say(SheetForm form, string key, CultureInfo? language = null) => Words(form).GetString(key, language ?? CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A column's header in the reader's language.</summary>
    public string Header(SheetForm form, SheetColumn column, CultureInfo? language = null) => Say(form, $"Import.{form.Key}.{column.Key}", language);

    /// <summary>What belongs into a column, in the reader's language.</summary>
    public string Help(SheetForm form, SheetColumn column) => Say(form, $"Import.{form.Key}.{column.Key}.Help");

    /// <summary>The words that a column accepts, in the reader's language; empty where it is free.</summary>
    public IReadOnlyList<string> Choices(SheetForm form, SheetColumn column) => [.. column.Choices.Select(choice => Say(form, choice.Word))];

    /// <summary>A cell that would be right, in the reader's language.</summary>
    public string Example(SheetForm form, SheetColumn column) => column.Example switch
    {
        "" when column.Choices is [{ } first, ..] => Say(form, first.Word),
        ['@', .. var key] => Say(form, key),
        var text => text,
    };

    /// <summary>Whose header this is, in either language or as the API words it; null for one that the form does not know.</summary>
    internal SheetColumn? ColumnOf(SheetForm form, string header)
    {
        var plain = Plain(header).TrimEnd('*');
        return form.Columns.FirstOrDefault(column => Plain(column.Key) == plain || Array.Exists(Languages, language => Plain(Header(form, column, language)) == plain));
    }

    /// <summary>The value of a word in either language; null for a word that is not on the column's list.</summary>
    internal string? ValueOf(SheetForm form, SheetColumn column, string word) => _choices.GetOrAdd((form.Key, column.Key), _ =>
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var choice in column.Choices)
        {
            values[Plain(choice.Value)] = choice.Value;
            foreach (var language in Languages) values.TryAdd(Plain(Say(form, choice.Word, language)), choice.Value);
        }

        return values;
    }).GetValueOrDefault(Plain(word));

    private ResourceManager Words(SheetForm form) => _words.GetOrAdd(form.Words, type => new ResourceManager(type.FullName!, type.Assembly));

    private static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(letter => !char.IsWhiteSpace(letter) && letter != '-')).ToUpperInvariant();
}

/// <summary>Registers what can be imported.</summary>
public static class ImportServices
{
    /// <summary>Declares a kind of file with the sheet that judges and writes its rows.</summary>
    public static IServiceCollection AddImportSheet(this IServiceCollection services, SheetForm form) => services.AddSingleton(form);

    /// <summary>Adds what carries imports out.</summary>
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton<SheetForms>();
        services.AddSingleton<ImportBell>();
        services.AddSingleton<CleanCheck>();
        services.AddScoped<ImportIntake>();
        services.AddScoped<ImportDesk>();
        services.AddScoped<ImportedRows>();
        services.AddScoped<ImportWork>();
        services.AddSingleton<ImportRunner>();
        return services.AddHostedService(provider => provider.GetRequiredService<ImportRunner>());
    }
}
