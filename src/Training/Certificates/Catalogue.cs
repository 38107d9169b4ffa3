using System.Text.Json;

namespace Anlan.Training.Certificates;

/// <summary>The kinds of special operation that certificates exist for, as data (<c>catalogue.json</c>); their names lie in the words.</summary>
internal static class Catalogue
{
    /// <summary>Welding and thermal cutting.</summary>
    public const string Welding = "welding";

    /// <summary>The one sub-item of a category that is not divided here.</summary>
    public const string Undivided = "any";

    /// <summary>A category and its sub-items.</summary>
    public sealed record Category(string Code, IReadOnlyList<string> SubItems);

    public static IReadOnlyList<Category> All { get; } = Read();

    public static Category? Find(string? code) => All.FirstOrDefault(c => c.Code == code);

    private static List<Category> Read()
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream("Anlan.Training.Certificates.catalogue.json") ?? throw new InvalidDataException("The catalogue is missing.");
        return JsonSerializer.Deserialize<List<Category>>(stream, JsonSerializerOptions.Web) ?? throw new InvalidDataException("The catalogue is empty.");
    }
}
