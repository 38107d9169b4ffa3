using System.CommandLine;
using System.Globalization;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Detection;

namespace Anlan.Benchmarks.Detection;

/// <summary>
/// Films of which it is known when somebody is in the zone, through the real model, tracking and zones: which entries are told, after how long, and what else. Baseline: the bare loop of the
/// runtime over the same model in the same run, in milliseconds for each picture.
/// </summary>
internal static class DetectionBench
{
    private const string Variable = "ANLAN_VISION_CLIPS";

    public static Command Command()
    {
        var clips = new Option<string?>("--clips") { Description = $"Folder of films with their .truth.json; else {Variable}, else shared/vision beside the repository." };
        var kind = new Option<DetectorKind>("--model") { Description = "centernet or ssd.", DefaultValueFactory = _ => DetectorKind.CenterNet };
        var packages = new Option<string?>("--models") { Description = "Folder of the packages that bring the models; else node_modules above the program." };
        var rate = new Option<double>("--rate") { Description = "Pictures of a second of the film that are looked at.", DefaultValueFactory = _ => 5 };
        var command = new Command("detection", "Entries into a zone on films with known truth: recall, false alarms, latency.") { clips, kind, packages, rate };
        command.SetAction((parsed, stop) => RunAsync(Folder(parsed.GetValue(clips)), new DetectorOptions { Kind = parsed.GetValue(kind), Packages = parsed.GetValue(packages) }, parsed.GetValue(rate), stop));
        return command;
    }

    private static async Task<int> RunAsync(string? folder, DetectorOptions options, double rate, CancellationToken stop)
    {
        var films = folder is null ? [] : Directory.GetFiles(folder, "*.truth.json").Order(StringComparer.Ordinal).Select(truth => truth.Replace(".truth.json", ".mp4", StringComparison.Ordinal)).Where(File.Exists).ToList();
        if (films.Count == 0)
        {
            Console.Error.WriteLine($"There are no films with known truth here: name their folder with --clips, or by {Variable}.");
            return 1;
        }

        using var detector = new PacedDetector(DetectorFactory.Make(options), BareLoop.Of(options));
        var (scores, seconds, pictures, spent) = (new List<ClipScore>(), new List<string>(), 0, TimeSpan.Zero);
        foreach (var film in films)
        {
            var truth = ClipTruth.Beside(film);
            var (run, told) = (new ClipRun(detector, truth.Zones, truth.Aspect), new List<(double Seconds, SightEvent Event)>());
            await foreach (var one in run.RunAsync(ClipFrames.ReadAsync(film, detector.Size, rate, stop), stop))
            {
                told.Add(one);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {one.Seconds,6:0.0} s  {one.Event.Kind}"));
            }

            var score = truth.Score(told);
            Console.WriteLine($"{Path.GetFileName(film)}: {score.Latencies.Count} of {score.Known} entries, {score.False} false, {score.Repeated} repeated, {run.Pictures} pictures and {run.LyingPasses} rotated passes");
            scores.Add(score);
            seconds.AddRange(score.Latencies.Select(latency => latency.ToString("0.0", CultureInfo.InvariantCulture)));
            (pictures, spent) = (pictures + run.Pictures, spent + run.Spent);
        }

        var (known, found, entries) = (scores.Sum(score => score.Known), scores.Sum(score => score.Latencies.Count), scores.Sum(score => score.Told));
        var recall = known == 0 ? 1 : found / (double)known;
        new BenchReport("detection", "recall").With("value", recall).With("recall", recall).With("precision", entries == 0 ? 1 : found / (double)entries)
            .With("false_alerts", scores.Sum(score => score.False)).With("repeated", scores.Sum(score => score.Repeated)).With("entries", known).With("latency_s", seconds)
            .With("latency_most_s", scores.SelectMany(score => score.Latencies).DefaultIfEmpty().Max()).With("model", detector.Model).With("model_hash", detector.Hash).With("threshold", detector.Threshold)
            .With("pictures", pictures).With("look_ms", (spent - detector.BareSpent).TotalMilliseconds / pictures).With("detect_ms", detector.DetectMilliseconds)
            .With("baseline", detector.BareMilliseconds).With("ratio", detector.BareMilliseconds / detector.DetectMilliseconds).Print();
        return 0;
    }

    private static string? Folder(string? named)
    {
        if (named is not null) return named;
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return given;
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            var place = Path.Combine(above.FullName, "shared", "vision");
            if (Directory.Exists(place)) return place;
        }

        return null;
    }
}
