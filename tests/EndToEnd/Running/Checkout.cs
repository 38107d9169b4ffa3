namespace Anlan.EndToEnd.Running;

/// <summary>Where the built programs lie, and where failures leave their pictures.</summary>
internal static class Checkout
{
    // artifacts/bin/EndToEnd/<configuration>/ is where this runs.
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory);

    /// <summary>The checkout's root.</summary>
    public static string Root { get; } = Here.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>Folder for screenshots and server logs of failed journeys.</summary>
    public static string Evidence { get; } = Directory.CreateDirectory(Path.Combine(Here.Parent!.Parent!.Parent!.FullName, "end-to-end")).FullName;

    /// <summary>A built program of the same configuration.</summary>
    public static string Program(string project)
    {
        var path = Path.Combine(Here.Parent!.Parent!.FullName, project, Here.Name, "Anlan." + project);
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build {project} first: ./anlan test does.", path);
    }
}
