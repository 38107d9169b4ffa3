using System.Text.Json;

namespace Anlan.EndToEnd.Running;

/// <summary>A running server with a small demo county and its chips, each a separate process, as <c>./anlan run</c> starts them.</summary>
internal sealed class DemoCounty : IAsyncDisposable
{
    private readonly RunningProgram _chips;
    private readonly JsonElement _roster;

    private DemoCounty(RunningServer server, RunningProgram chips, JsonElement roster) => (Server, _chips, _roster) = (server, chips, roster);

    /// <summary>The server.</summary>
    public RunningServer Server { get; }

    /// <summary>A staff account by role.</summary>
    public (string UserName, string Password) Desk(string role) =>
        _roster.GetProperty("desks").EnumerateArray().Where(desk => desk.GetProperty("role").GetString() == role)
            .Select(desk => (desk.GetProperty("userName").GetString()!, desk.GetProperty("password").GetString()!)).First();

    /// <summary>One account of every role.</summary>
    public IEnumerable<(string UserName, string Password)> Everybody() =>
        _roster.GetProperty("desks").EnumerateArray().DistinctBy(desk => desk.GetProperty("role").GetString())
            // Who enters organs comes before those who only see them.
            .OrderBy(desk => desk.GetProperty("role").GetString() != "system-administrator").Select(desk => (desk.GetProperty("userName").GetString()!, desk.GetProperty("password").GetString()!))
            .Append((Welder("licensed").UserName, Welder("licensed").Password));

    /// <summary>A welder by standing: <c>licensed</c>, <c>expired</c>, ….</summary>
    public (string UserName, string Password, string Pin, string Machine) Welder(string standing) =>
        _roster.GetProperty("welders").EnumerateArray().Where(welder => welder.GetProperty("standing").GetString() == standing)
            .Select(welder => (welder.GetProperty("userName").GetString()!, welder.GetProperty("password").GetString()!, welder.GetProperty("pin").GetString()!, welder.GetProperty("machines")[0].GetString()!)).First();

    /// <summary>Starts everything.</summary>
    /// <param name="machines">Number of machines with a chip.</param>
    public static async Task<DemoCounty> StartAsync(int machines)
    {
        var server = await RunningServer.StartAsync(demo: true);
        try
        {
            var roster = Path.Combine(server.Data, "roster.json");
            await RunningProgram.RunToEndAsync("Simulator", "county", "--server", server.Url.AbsoluteUri, "--link", (await server.SetUpLinkAsync()).Trim(), "--roster", roster, "--count", $"{machines}",
                "--division", "330521", "--map", Path.Combine(Checkout.Root, "src/Platform/Host/Cities/huzhou/map.geojson"),
                "--organs", Path.Combine(Checkout.Root, "src/Platform/Host/Cities/huzhou/organs.json"));
            var chips = RunningProgram.Start("Simulator", "chips", "--roster", roster, "--count", $"{machines}", "--seed", "1", "--mqtt", $"127.0.0.1:{server.MqttPort}", "--no-welders");
            return new DemoCounty(server, chips, JsonDocument.Parse(await File.ReadAllTextAsync(roster)).RootElement.Clone());
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _chips.DisposeAsync();
        await Server.DisposeAsync();
    }
}
