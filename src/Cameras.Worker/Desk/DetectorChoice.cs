using System.CommandLine;
using Anlan.Cameras.Worker.Detection;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>The options of the command line that say what finds people.</summary>
internal sealed class DetectorChoice
{
    private readonly Option<string?> _models = new("--models") { Description = "Folder of the packages that bring the models; node_modules beside the program or above it without it." };
    private readonly Option<DetectorKind> _kind = new("--detector") { Description = "centernet, ssd, or onnx with a model of your own.", DefaultValueFactory = _ => DetectorKind.CenterNet };
    private readonly Option<InferenceProvider> _provider = new("--provider") { Description = "cpu or cuda.", DefaultValueFactory = _ => InferenceProvider.Cpu };
    private readonly Option<float> _threshold = new("--threshold") { Description = "From which score on a sighting is a person, 0.05 to 0.95.", DefaultValueFactory = _ => IPersonDetector.UsualThreshold };
    private readonly Option<string?> _file = new("--model-file") { Description = "Of your own model: its ONNX file." };
    private readonly Option<string?> _name = new("--model-name") { Description = "Of your own model: name and version for the evidence." };
    private readonly Option<string[]> _classes = new("--model-classes") { Description = "Of your own model: what it tells apart, in its order.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _person = new("--model-person") { Description = "Of your own model: which of these are people.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _licence = new("--model-licence") { Description = "Of your own model: under which licence you use it." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_models, _kind, _provider, _threshold, _file, _name, _classes, _person, _licence]) command.Add(option);
    }

    /// <summary>What was chosen.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cache">Where converted models are kept.</param>
    public DetectorOptions Read(ParseResult parsed, string cache) => new()
    {
        Packages = parsed.GetValue(_models),
        Kind = parsed.GetValue(_kind),
        Provider = parsed.GetValue(_provider),
        Threshold = parsed.GetValue(_threshold),
        Cache = cache,
        Path = parsed.GetValue(_file),
        Name = parsed.GetValue(_name),
        Classes = parsed.GetValue(_classes) ?? [],
        Person = parsed.GetValue(_person) ?? [],
        Licence = parsed.GetValue(_licence),
    };
}
