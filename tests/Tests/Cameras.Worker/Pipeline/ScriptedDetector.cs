using Anlan.Cameras.Sight.Tracking;
using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Tests.Cameras.Worker.Pipeline;

/// <summary>A detector that sees what the test says.</summary>
internal sealed class ScriptedDetector(Func<ReadOnlyMemory<byte>, IReadOnlyList<PersonBox>> sees) : IPersonDetector
{
    public static readonly PersonBox Inside = new(0.4f, 0.3f, 0.5f, 0.8f, 0.9f);

    public string Model => "scripted 1";

    public string Hash => "00ff";

    public (int Width, int Height) Size => (Picture.HalfWidth, Picture.HalfHeight);

    public IReadOnlyList<PersonBox> Detect(ReadOnlySpan<byte> picture, float least) => sees(picture[..64].ToArray());

    public void Dispose()
    {
    }
}
