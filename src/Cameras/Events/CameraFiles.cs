using Anlan.Cameras.Registry;
using Anlan.Toolkit.Files;

namespace Anlan.Cameras.Events;

/// <summary>What files an event carries. They show people: each is sealed with a key of its own, which goes with its row when its term is over.</summary>
internal static class CameraFiles
{
    /// <summary>The kind of record.</summary>
    public const string Kind = "cameraEvent";

    /// <summary>The picture that decided.</summary>
    public const string Picture = "picture";

    /// <summary>Seconds before and after it.</summary>
    public const string Clip = "clip";

    /// <summary>The picture with the top third of everybody blurred: for exports and public screens.</summary>
    public const string BlurredPicture = "pictureBlurred";

    /// <summary>The clip likewise.</summary>
    public const string BlurredClip = "clipBlurred";

    /// <summary>Largest picture, in bytes.</summary>
    public const int MostPicture = 1_048_576;

    public static readonly FileTerms PictureTerms = new(MostPicture, IsSealed: true, MediaType.Jpeg);

    /// <summary>Half a minute of a large camera.</summary>
    public static readonly FileTerms ClipTerms = new(64 * 1_048_576, IsSealed: true, MediaType.Mp4);

    public static FileOwner OwnerOf(Guid entry, CameraFacts camera) => new(Kind, entry) { Enterprise = camera.Enterprise.Value };
}
