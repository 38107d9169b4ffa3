namespace Anlan.Cameras.Worker.Detection;

/// <summary>The boxes from which SSDLite-MobileNetV2 says how far a person's box is, for a picture of any size; as the TensorFlow object detection library lays them.</summary>
internal static class SsdAnchors
{
    private const int Layers = 6;
    private const float LeastScale = 0.2f;
    private const float MostScale = 0.95f;
    // The last one is a third as the model was trained with it.
    private static readonly float[] Shapes = [1, 2, 0.5f, 3, 0.3333f];

    // Of one layer the next is half as large, rounded up; the first is a sixteenth of the picture.
    private const int FirstStride = 16;

    /// <summary>Middle and size of each, in parts of the picture: four numbers, first down then across.</summary>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    public static float[] For(int width, int height)
    {
        var (anchors, shorter) = (new List<float>(), Math.Min(width, height));
        var (rows, columns) = (Half(height, FirstStride), Half(width, FirstStride));
        for (var layer = 0; layer < Layers; layer++, (rows, columns) = (Half(rows, 2), Half(columns, 2)))
        {
            var sizes = Sizes(layer).ToList();
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    foreach (var (high, wide) in sizes) anchors.AddRange([(row + 0.5f) / rows, (column + 0.5f) / columns, high * shorter / height, wide * shorter / width]);
                }
            }
        }

        return [.. anchors];
    }

    private static int Half(int size, int by) => (size + by - 1) / by;

    private static IEnumerable<(float High, float Wide)> Sizes(int layer)
    {
        var (scale, next) = (Scale(layer), layer == Layers - 1 ? 1 : Scale(layer + 1));
        if (layer == 0) return [(0.1f, 0.1f), Sized(scale, 2), Sized(scale, 0.5f)];
        return [.. Shapes.Select(shape => Sized(scale, shape)), Sized(MathF.Sqrt(scale * next), 1)];
    }

    private static float Scale(int layer) => LeastScale + ((MostScale - LeastScale) * layer / (Layers - 1));

    private static (float High, float Wide) Sized(float scale, float shape) => (scale / MathF.Sqrt(shape), scale * MathF.Sqrt(shape));
}
