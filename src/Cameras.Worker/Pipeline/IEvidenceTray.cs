using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Pipeline;

/// <summary>Takes what happened before a camera, on its way to the server.</summary>
internal interface IEvidenceTray
{
    /// <summary>Keeps an event; when this returns it is on the disk.</summary>
    void Add(SightEvent happened);

    /// <summary>Keeps the clip of an event; the file is taken away.</summary>
    void AddClip(Guid camera, Guid happened, DateTimeOffset began, string file, bool isBlurred);
}
