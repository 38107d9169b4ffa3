using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Anlan.Cameras.Worker.Models;

/// <summary>One operation of a TensorFlow.js graph model.</summary>
/// <param name="Name">Its name; others refer to it.</param>
/// <param name="Op">Operation, as TensorFlow calls it.</param>
/// <param name="Inputs">What it reads: names of nodes or weights.</param>
/// <param name="Attributes">Its attributes as they stand in the file.</param>
internal sealed record TfjsNode(string Name, string Op, IReadOnlyList<string> Inputs, JsonElement Attributes)
{
    /// <summary>An attribute that is text; empty when it is not there.</summary>
    public string Text(string attribute) => Find(attribute, "s") is { } found ? Read(found) : "";

    /// <summary>An attribute that is a list of texts.</summary>
    public IReadOnlyList<string> Texts(string attribute) => [.. List(attribute, "s").Select(Read)];

    /// <summary>An attribute that is a truth.</summary>
    public bool IsTrue(string attribute) => Find(attribute, "b") is { } found && found.GetBoolean();

    /// <summary>An attribute that is a number, or the default.</summary>
    public float Number(string attribute, float otherwise) => Find(attribute, "f") is { } found ? found.GetSingle() : otherwise;

    /// <summary>An attribute that is a whole number, or 0.</summary>
    public int Whole(string attribute) => Find(attribute, "i") is { } found ? ReadWhole(found) : 0;

    /// <summary>An attribute that is a list of whole numbers.</summary>
    public int[] Wholes(string attribute) => [.. List(attribute, "i").Select(ReadWhole)];

    private JsonElement? Find(string attribute, string kind) =>
        Attributes.ValueKind == JsonValueKind.Object && Attributes.TryGetProperty(attribute, out var found) && found.TryGetProperty(kind, out var value) ? value : null;

    private IEnumerable<JsonElement> List(string attribute, string kind) =>
        Find(attribute, "list") is { } list && list.TryGetProperty(kind, out var values) ? values.EnumerateArray() : [];

    // Texts are written as lists of bytes or in Base64, whole numbers as numbers or texts: by which version of the exporter.
    private static string Read(JsonElement text) =>
        Encoding.ASCII.GetString(text.ValueKind == JsonValueKind.Array ? [.. text.EnumerateArray().Select(letter => (byte)letter.GetInt32())] : text.GetBytesFromBase64());

    private static int ReadWhole(JsonElement number) => number.ValueKind == JsonValueKind.Number ? number.GetInt32() : int.Parse(number.GetString()!, CultureInfo.InvariantCulture);
}
