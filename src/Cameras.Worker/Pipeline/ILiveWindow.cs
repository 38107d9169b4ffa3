using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Ingest;

namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>Shows a camera's pictures to whoever looks at it now; nothing is kept for later.</summary>
internal interface ILiveWindow
{
    /// <summary>Shows a picture if the one before has arrived; the picture stays the caller's.</summary>
    void Offer(Guid camera, Picture picture, IReadOnlyList<SeenPerson> people);
}
