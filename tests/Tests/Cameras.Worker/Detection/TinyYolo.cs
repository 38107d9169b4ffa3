using Anlan.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Detection;

/// <summary>A model with the outputs of the YOLO family that yields given numbers, whatever the picture; but to the last number of the first box it adds how red the picture is.</summary>
internal static class TinyYolo
{
    public const int Side = 64;

    /// <param name="isNumberFirst">True for [1, numbers, N], false for [1, N, numbers].</param>
    /// <param name="boxes">Numbers of each box.</param>
    public static byte[] Make(bool isNumberFirst, params float[][] boxes) => Make([1, 3, Side, Side], isNumberFirst, boxes);

    /// <param name="input">Dimensions of the picture.</param>
    /// <param name="isNumberFirst">True for [1, numbers, N], false for [1, N, numbers].</param>
    /// <param name="boxes">Numbers of each box.</param>
    public static byte[] Make(int[] input, bool isNumberFirst, params float[][] boxes)
    {
        var (graph, numbers) = (new OnnxGraph(), boxes[0].Length);
        int[] shape = isNumberFirst ? [1, numbers, boxes.Length] : [1, boxes.Length, numbers];
        float[] lying = isNumberFirst ? [.. Enumerable.Range(0, numbers).SelectMany(number => boxes.Select(box => box[number]))] : [.. boxes.SelectMany(box => box)];
        graph.Input("images", input);
        var pooled = graph.Add("GlobalAveragePool", ["images"]);
        // Of three channels the red one, at the last number of the first box; nothing elsewhere.
        var (red, mask) = (new float[3], new float[lying.Length]);
        red[0] = 1;
        mask[isNumberFirst ? (numbers - 1) * boxes.Length : numbers - 1] = 1;
        var one = graph.Add("Reshape", [graph.Add("Conv", [pooled, graph.Constant([1, 3, 1, 1], red)]), graph.Constant(1, 1, 1)]);
        graph.Add("Add", [graph.Add("Mul", [one, graph.Constant(shape, mask)]), graph.Constant(shape, lying)], "output0");
        graph.Output("output0", shape);
        return graph.ToBytes();
    }
}
