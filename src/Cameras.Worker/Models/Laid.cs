namespace Anlan.Cameras.Worker.Models;

/// <summary>
/// What an operation yields, with how it lies in memory: TensorFlow puts channels last, ONNX first. Transposes and pads of the model are only noted here and applied when an operation needs
/// it, so that nearly all of them fall away.
/// </summary>
/// <param name="Name">Name in the ONNX graph.</param>
/// <param name="Order">For each dimension of <see cref="Shape"/>, which one it is in memory.</param>
/// <param name="Shape">Dimensions as TensorFlow sees them, without a noted pad.</param>
/// <param name="Pads">A noted pad: before and after, for each dimension of <see cref="Shape"/>; null for none.</param>
/// <param name="Padding">What is padded with.</param>
internal sealed record Laid(string Name, int[] Order, int[] Shape, int[]? Pads = null, float Padding = 0)
{
    /// <summary>Batch, height, width, channels as TensorFlow sees them, lying as batch, channels, height, width.</summary>
    public static readonly int[] ChannelsFirst = [0, 2, 3, 1];

    /// <summary>How many dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>Dimensions with the noted pad.</summary>
    public int[] PaddedShape => Pads is null ? Shape : [.. Shape.Select((size, i) => size + Pads[2 * i] + Pads[(2 * i) + 1])];

    /// <summary>Dimensions as they lie in memory.</summary>
    public int[] LyingShape
    {
        get
        {
            var lying = new int[Rank];
            for (var i = 0; i < Rank; i++) lying[Order[i]] = PaddedShape[i];
            return lying;
        }
    }

    /// <summary>The order in which dimensions lie as they are seen.</summary>
    public static int[] Plain(int rank) => [.. Enumerable.Range(0, rank)];

    /// <summary>Numbers in another order of dimensions.</summary>
    /// <param name="numbers">The numbers, the last dimension running fastest.</param>
    /// <param name="shape">Their dimensions.</param>
    /// <param name="order">For each dimension of the result, which one it was.</param>
    public static float[] Transpose(float[] numbers, int[] shape, int[] order)
    {
        var rank = shape.Length;
        var strides = new int[rank];
        for (var (i, stride) = (rank - 1, 1); i >= 0; stride *= shape[i--]) strides[i] = stride;
        var (result, at) = (new float[numbers.Length], new int[rank]);
        for (var k = 0; k < result.Length; k++)
        {
            var offset = 0;
            for (var i = 0; i < rank; i++) offset += at[i] * strides[order[i]];
            result[k] = numbers[offset];
            for (var i = rank - 1; i >= 0; i--)
            {
                if (++at[i] < shape[order[i]]) break;
                at[i] = 0;
            }
        }

        return result;
    }
}
