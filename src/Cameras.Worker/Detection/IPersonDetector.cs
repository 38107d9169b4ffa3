using Anlan.Cameras.Sight.Tracking;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>Finds people in pictures. One worker calls it, never two at once.</summary>
internal interface IPersonDetector : IDisposable
{
    /// <summary>Name and version of the model, for the evidence.</summary>
    string Model { get; }

    /// <summary>SHA-256 of the model's file as it was delivered, lower-case hexadecimal.</summary>
    string Hash { get; }

    /// <summary>The score at which the models at hand were measured.</summary>
    const float UsualThreshold = 0.35f;

    /// <summary>From which score on a sighting is a person, 0 to 1.</summary>
    float Threshold => UsualThreshold;

    /// <summary>Width and height in pixels of the pictures that it takes.</summary>
    (int Width, int Height) Size { get; }

    /// <summary>The people in a picture.</summary>
    /// <param name="picture">RGB, three bytes for each pixel, row by row, of <see cref="Size"/>.</param>
    /// <param name="least">Only those of which the model is at least this sure, 0 to 1.</param>
    IReadOnlyList<PersonBox> Detect(ReadOnlySpan<byte> picture, float least);
}
