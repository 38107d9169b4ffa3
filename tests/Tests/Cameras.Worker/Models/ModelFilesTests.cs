using System.Security.Cryptography;
using Anlan.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Models;

/// <summary>A model's files are found, and others refused.</summary>
public sealed class ModelFilesTests : IDisposable
{
    private static readonly byte[] Topology = "{}"u8.ToArray(), Weights = [1, 2, 3];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-models-");

    private static PinnedModel Model => new("tiny 1.0", "maker/models", [new("tiny.json", Hash(Topology)), new("tiny.bin", Hash(Weights))]);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Files_that_are_what_they_should_be_are_read_and_hashed_together()
    {
        Lay(Topology, Weights);

        var found = new ModelFiles(_folder.FullName).Find(Model);

        Assert.Equal(("tiny 1.0", Hash([.. Topology, .. Weights])), (found.Name, found.Hash));
        Assert.Equal(Topology, found.Topology);
        Assert.Equal(Weights, Assert.Single(found.Weights, file => file.Key == "tiny.bin").Value);
    }

    [Fact]
    public void Another_file_is_refused_with_both_hashes_and_what_to_do()
    {
        byte[] other = [1, 2, 4];
        Lay(Topology, other);

        var refused = Assert.Throws<ModelException>(() => new ModelFiles(_folder.FullName).Find(Model));

        Assert.Contains(Path.Combine(_folder.FullName, "maker/models", "tiny.bin"), refused.Message, StringComparison.Ordinal);
        Assert.Contains(Hash(other), refused.Message, StringComparison.Ordinal);
        Assert.Contains(Hash(Weights), refused.Message, StringComparison.Ordinal);
        Assert.Contains("npm ci --ignore-scripts", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_with_what_to_do()
    {
        Lay(Topology, null);

        var refused = Assert.Throws<ModelException>(() => new ModelFiles(_folder.FullName).Find(Model));

        Assert.Contains("tiny.bin", refused.Message, StringComparison.Ordinal);
        Assert.Contains("npm ci --ignore-scripts", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_in_no_folder_above_the_program_is_missed_with_what_to_do() =>
        Assert.Contains("npm ci --ignore-scripts", Assert.Throws<ModelException>(() => new ModelFiles(null).Find(Model)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_models_that_npm_brings_are_those_that_were_measured()
    {
        Assert.Equal(2, KnownModels.CenterNet.Weights.Count + 1);
        Assert.Equal(5, KnownModels.Ssd.Weights.Count);
    }

    private void Lay(byte[] topology, byte[]? weights)
    {
        var place = _folder.CreateSubdirectory("maker/models").FullName;
        File.WriteAllBytes(Path.Combine(place, "tiny.json"), topology);
        if (weights is not null) File.WriteAllBytes(Path.Combine(place, "tiny.bin"), weights);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
