using System.Security.Cryptography;
using Anlan.Cameras.Worker.Models;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>Makes what finds people.</summary>
internal static class DetectorFactory
{
    private const int LongestText = 200;
    private static readonly (int Width, int Height) CenterNetSize = (512, 288);
    private static readonly (int Width, int Height) SsdSize = (416, 256);

    /// <summary>A detector of its own for each caller.</summary>
    /// <exception cref="ModelException">It cannot be; the message says why and what to do.</exception>
    public static IPersonDetector Make(DetectorOptions options)
    {
        if (options.Threshold is not (>= 0.05f and <= 0.95f)) throw new ModelException($"The threshold is {options.Threshold}; it has to lie between 0.05 and 0.95.");
        var (files, cache) = (new ModelFiles(options.Packages), new ModelCache(options.Cache));
        return options.Kind switch
        {
            DetectorKind.CenterNet => new CenterNet(files.Find(PinnedModel.CenterNet), cache, CenterNetSize, options.Provider, options.Threshold),
            DetectorKind.Ssd => new SsdDetector(files.Find(PinnedModel.Ssd), cache, SsdSize, options.Provider, options.Threshold),
            DetectorKind.Onnx => Own(options),
            _ => throw new ModelException($"There is no detector of the kind {options.Kind}: name centernet, ssd or onnx."),
        };
    }

    private static YoloDetector Own(DetectorOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Path)) throw new ModelException("A model of one's own needs its file: configure the path.");
        if (!File.Exists(options.Path)) throw new ModelException($"The model {options.Path} is not there.");
        if (options.Classes.Count == 0) throw new ModelException("A model of one's own needs the list of its classes, in its order.");
        if (options.Person.Count == 0) throw new ModelException("A model of one's own needs to say which of its classes are people.");
        if (string.IsNullOrWhiteSpace(options.Licence)) throw new ModelException("A model of one's own needs its licence: say under which it may be used here.");
        var name = options.Name ?? Path.GetFileNameWithoutExtension(options.Path);
        foreach (var text in options.Classes.Concat(options.Person).Append(options.Licence).Append(name))
        {
            if (text.Length is 0 or > LongestText || text.Any(char.IsControl)) throw new ModelException($"Names and licence of a model have 1 to {LongestText} characters, none of them a control character.");
        }

        // What was read is what the evidence names, whatever becomes of the file.
        var file = File.ReadAllBytes(options.Path);
        return new YoloDetector($"{name} ({options.Licence})", Convert.ToHexStringLower(SHA256.HashData(file)), file, options.Classes, options.Person, (options.Width, options.Height), options.Provider, options.Threshold);
    }
}
