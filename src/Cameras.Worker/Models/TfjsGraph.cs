using System.Runtime.InteropServices;
using System.Text.Json;

namespace Anlan.Cameras.Worker.Models;

/// <summary>A weight or a constant of a model.</summary>
/// <param name="Shape">Its dimensions; empty for a single number.</param>
/// <param name="Numbers">Its numbers; null for whole ones.</param>
/// <param name="Wholes">Its whole numbers; null for others.</param>
internal sealed record TfjsWeight(int[] Shape, float[]? Numbers, int[]? Wholes);

/// <summary>A TensorFlow.js graph model as its two kinds of files hold it.</summary>
/// <param name="Nodes">Operations by name.</param>
/// <param name="Weights">Weights by name.</param>
internal sealed record TfjsGraph(IReadOnlyDictionary<string, TfjsNode> Nodes, IReadOnlyDictionary<string, TfjsWeight> Weights)
{
    /// <summary>Reads a model: its topology and the weights that it names.</summary>
    /// <param name="topology">The JSON file.</param>
    /// <param name="files">The files of weights by name.</param>
    /// <exception cref="InvalidDataException">The files do not belong together, or hold a kind of number that is not known.</exception>
    public static TfjsGraph Read(byte[] topology, IReadOnlyDictionary<string, byte[]> files)
    {
        using var document = JsonDocument.Parse(topology);
        var root = document.RootElement.Clone();
        var nodes = root.GetProperty("modelTopology").GetProperty("node").EnumerateArray().Select(ReadNode).ToDictionary(node => node.Name, StringComparer.Ordinal);
        var weights = new Dictionary<string, TfjsWeight>(StringComparer.Ordinal);
        foreach (var group in root.GetProperty("weightsManifest").EnumerateArray())
        {
            byte[] bytes = [.. group.GetProperty("paths").EnumerateArray().SelectMany(part => files.GetValueOrDefault(part.GetString()!) ?? throw new InvalidDataException($"The model names weights that are not there: {part}."))];
            var offset = 0;
            foreach (var weight in group.GetProperty("weights").EnumerateArray()) weights[weight.GetProperty("name").GetString()!] = ReadWeight(weight, bytes, ref offset);
            if (offset != bytes.Length) throw new InvalidDataException($"The weights have {bytes.Length} bytes, {offset} are described.");
        }

        return new TfjsGraph(nodes, weights);
    }

    private static TfjsNode ReadNode(JsonElement node) => new(
        node.GetProperty("name").GetString()!, node.GetProperty("op").GetString()!,
        // What begins so says only what comes first.
        node.TryGetProperty("input", out var inputs) ? [.. inputs.EnumerateArray().Select(input => input.GetString()!).Where(input => !input.StartsWith('^'))] : [],
        node.TryGetProperty("attr", out var attributes) ? attributes : default);

    private static TfjsWeight ReadWeight(JsonElement weight, byte[] bytes, ref int offset)
    {
        int[] shape = [.. weight.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        var (count, kind) = (shape.Aggregate(1, (product, size) => product * size), weight.GetProperty("dtype").GetString());
        switch (kind)
        {
            case "int32":
                return new TfjsWeight(shape, null, [.. MemoryMarshal.Cast<byte, int>(Take(bytes, count * sizeof(int), ref offset))]);
            case "bool":
                return new TfjsWeight(shape, null, [.. Take(bytes, count, ref offset).ToArray().Select(one => (int)one)]);
            case "float32" when weight.TryGetProperty("quantization", out var packed):
                return new TfjsWeight(shape, Unpack(packed, count, bytes, ref offset), null);
            case "float32":
                return new TfjsWeight(shape, [.. MemoryMarshal.Cast<byte, float>(Take(bytes, count * sizeof(float), ref offset))], null);
            default:
                throw new InvalidDataException($"Weights of the kind {kind} are not known.");
        }
    }

    private static float[] Unpack(JsonElement packed, int count, byte[] bytes, ref int offset)
    {
        var kind = packed.GetProperty("dtype").GetString();
        if (kind == "float16") return [.. MemoryMarshal.Cast<byte, Half>(Take(bytes, count * 2, ref offset)).ToArray().Select(half => (float)half)];
        var (scale, least) = (packed.GetProperty("scale").GetSingle(), packed.GetProperty("min").GetSingle());
        return kind switch
        {
            "uint8" => [.. Take(bytes, count, ref offset).ToArray().Select(level => (level * scale) + least)],
            "uint16" => [.. MemoryMarshal.Cast<byte, ushort>(Take(bytes, count * 2, ref offset)).ToArray().Select(level => (level * scale) + least)],
            _ => throw new InvalidDataException($"Weights packed as {kind} are not known."),
        };
    }

    private static ReadOnlySpan<byte> Take(byte[] bytes, int length, ref int offset)
    {
        if (offset + length > bytes.Length) throw new InvalidDataException($"The weights end after {bytes.Length} bytes; more are described.");
        var taken = bytes.AsSpan(offset, length);
        offset += length;
        return taken;
    }
}
