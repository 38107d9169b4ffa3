namespace Anlan.Cameras;

/// <summary>What one may do with cameras.</summary>
internal static class CamerasPermissions
{
    /// <summary>See cameras, what happened before them, and their pictures.</summary>
    public const string View = "cameras.view";

    /// <summary>Enter cameras, draw their zones, switch them off.</summary>
    public const string Manage = "cameras.manage";

    /// <summary>Say that somebody who vanished or lay in a zone is safe.</summary>
    public const string Confirm = "cameras.confirm";

    /// <summary>Look through cameras for the server: what a worker at a plant does with its key.</summary>
    public const string Work = "cameras.work";
}
