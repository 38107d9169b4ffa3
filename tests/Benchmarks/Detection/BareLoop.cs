using Anlan.Cameras.Worker.Detection;
using Anlan.Cameras.Worker.Models;

namespace Anlan.Benchmarks.Detection;

/// <summary>The runtime alone over the same model: nothing before it, nothing after it.</summary>
internal static class BareLoop
{
    public static OnnxModel Of(DetectorOptions options)
    {
        var (files, ssd) = (new ModelFiles(options.Packages), options.Kind == DetectorKind.Ssd);
        var model = ssd ? SsdDetector.Convert(files.Find(PinnedModel.Ssd), (416, 256)) : CenterNet.Convert(files.Find(PinnedModel.CenterNet), (512, 288));
        return new OnnxModel(model.Model, options.Provider);
    }
}
