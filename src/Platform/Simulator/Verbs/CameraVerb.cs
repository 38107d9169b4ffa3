using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Anlan.Simulator.Api;
using Anlan.Simulator.Rosters;

namespace Anlan.Simulator.Verbs;

/// <summary><c>camera</c>: enters a camera whose pictures come from a film, at a sewage pool of the county, with a zone, and makes the key of its worker.</summary>
internal static class CameraVerb
{
    private const string Role = "county-bureau";
    private const string Name = "Demo camera";
    private const int DaysOfKey = 90;

    public static Command Make()
    {
        var (roster, server) = (Options.Roster(), Options.Server());
        server.Required = true;
        var film = new Option<string>("--film") { Description = "File that the worker plays as the camera.", Required = true };
        var keyFile = new Option<string>("--key-file") { Description = "Where the worker's key is written, for its owner alone.", Required = true };
        var command = new Command("camera", "Enter a camera that plays a film, through the API, and write its worker's key.") { roster, server, film, keyFile };
        command.SetAction((parsed, stop) => Options.RunAsync(async token =>
        {
            var desk = Roster.Read(parsed.GetRequiredValue(roster)).Desks.FirstOrDefault(entry => entry.Role == Role) ?? throw new InvalidDataException($"The roster names nobody of the role {Role}.");
            using var office = new AnlanClient(parsed.GetRequiredValue(server)!, desk.UserName, desk.Password);
            var code = await EnterAsync(office, Path.GetFullPath(parsed.GetRequiredValue(film)), token);
            await MakeKeyAsync(office, parsed.GetRequiredValue(keyFile), token);
            Console.Out.WriteLine($"{parsed.GetRequiredValue(server)!.TrimEnd('/')}/cameras/{code}");
        }, stop));
        return command;
    }

    private static async Task<string> EnterAsync(AnlanClient office, string film, CancellationToken stop)
    {
        if ((await office.GetAsync($"cameras?search={Uri.EscapeDataString(Name)}", stop))!["items"]!.AsArray().FirstOrDefault() is { } known) return (string)known["code"]!;
        var spaces = (await office.GetAsync("spaces?kind=sewagePool&size=1", stop))!["items"]!.AsArray();
        if (spaces.Count == 0) throw new InvalidDataException("The county has no sewage pool; load it with 'county' first.");
        var camera = await office.PostAsync("cameras", new JsonObject { ["name"] = Name, ["space"] = (string)spaces[0]!["id"]!, ["address"] = "file://" + film, ["signText"] = "Demonstration: pictures come from a film." }, stop);
        var code = (string)camera!["code"]!;
        // The lawn before the street in the film: now and then somebody walks across it.
        await office.PutAsync($"cameras/{code}/zones", new JsonObject
        {
            ["seen"] = 0,
            ["zones"] = new JsonArray(new JsonObject
            {
                ["number"] = 1,
                ["name"] = "Danger zone",
                ["kind"] = "exclusion",
                ["corners"] = new JsonArray([.. new[] { (0.10, 0.64), (0.70, 0.64), (0.82, 0.94), (0.05, 0.94) }.Select(corner => (JsonNode)new JsonObject { ["x"] = corner.Item1, ["y"] = corner.Item2 })]),
            }),
        }, stop);
        return code;
    }

    private static async Task MakeKeyAsync(AnlanClient office, string path, CancellationToken stop)
    {
        if (File.Exists(path)) return;
        var lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(DaysOfKey);
        var made = await office.PostAsync("me/keys", new JsonObject { ["name"] = "Camera worker", ["permissions"] = new JsonArray("cameras.work"), ["lastDay"] = lastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, stop);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(path, options);
        await file.WriteAsync((string)made!["key"]!);
    }
}
