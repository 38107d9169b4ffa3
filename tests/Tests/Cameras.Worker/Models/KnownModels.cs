using Anlan.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Models;

/// <summary>The models that come by npm; without them the tests of the worker are left out, and say so.</summary>
internal static class KnownModels
{
    public static FoundModel CenterNet => Find(PinnedModel.CenterNet);

    public static FoundModel Ssd => Find(PinnedModel.Ssd);

    /// <summary>The folder of packages.</summary>
    public static string Folder
    {
        get
        {
            for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
            {
                if (Directory.Exists(Path.Combine(above.FullName, "node_modules", PinnedModel.CenterNet.Folder))) return Path.Combine(above.FullName, "node_modules");
            }

            Assert.Skip($"The models are not here: {ModelFiles.Remedy}.");
            return "";
        }
    }

    private static FoundModel Find(PinnedModel model) => new ModelFiles(Folder).Find(model);
}
