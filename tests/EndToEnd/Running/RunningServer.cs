using Anlan.Benchmarks;
using Anlan.Host;

namespace Anlan.EndToEnd.Running;

/// <summary>The real server on free ports with a data folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly DirectoryInfo _data;
    private readonly IReadOnlyList<string> _through;
    private readonly string[] _arguments;
    private RunningProgram _program;

    private RunningServer(DirectoryInfo data, IReadOnlyList<string> through, string[] arguments, int httpPort, int mqttPort)
    {
        (_data, _through, _arguments, MqttPort) = (data, through, arguments, mqttPort);
        _program = RunningProgram.StartThrough(through, "Host", arguments);
        Url = new Uri($"http://127.0.0.1:{httpPort}");
        Http = new HttpClient { BaseAddress = Url };
    }

    /// <summary>Address of pages and API.</summary>
    public Uri Url { get; }

    /// <summary>A client without cookies for the API.</summary>
    public HttpClient Http { get; }

    /// <summary>Port of the broker.</summary>
    public int MqttPort { get; }

    /// <summary>The data folder.</summary>
    public string Data => _data.FullName;

    /// <summary>What the server wrote.</summary>
    public string Output => _program.Output;

    /// <summary>The one-time set-up link, from the file that only the owner may read.</summary>
    public Task<string> SetUpLinkAsync() => File.ReadAllTextAsync(Path.Combine(Data, "set-up-link.txt"));

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="demo">Accepts invented identity numbers.</param>
    /// <param name="data">A filled data folder, or null for an empty one; deleted with the server.</param>
    /// <param name="settings">Further settings.</param>
    public static Task<RunningServer> StartAsync(bool demo, DirectoryInfo? data = null, params IEnumerable<string> settings) =>
        StartThroughAsync([], demo, data ?? Directory.CreateTempSubdirectory("anlan-end-to-end-"), settings);

    /// <summary>The same, by way of another program (<see cref="RunningProgram.StartThrough"/>).</summary>
    public static async Task<RunningServer> StartThroughAsync(IReadOnlyList<string> through, bool demo, DirectoryInfo data, params IEnumerable<string> settings)
    {
        var (http, mqtt) = (FreePort.Find(), FreePort.Find());
        var server = new RunningServer(data, through, [$"--Anlan:Data={data.FullName}", $"--Anlan:HttpPort={http}", $"--Anlan:MqttPort={mqtt}", $"--Anlan:Demo={demo}", .. settings], http, mqtt);
        try
        {
            await server.UntilReadyAsync(TimeSpan.FromMinutes(4));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the process at once, as a power cut would; the data folder and the ports stay.</summary>
    public Task KillAsync() => _program.KillAsync();

    /// <summary>Starts a killed server on its data and its ports, and waits until it is ready.</summary>
    public async Task StartAgainAsync(params string[] settings)
    {
        await _program.DisposeAsync();
        _program = RunningProgram.StartThrough(_through, "Host", [.. _arguments, .. settings]);
        await UntilReadyAsync(TimeSpan.FromMinutes(4));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _program.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private Task UntilReadyAsync(TimeSpan most) => Waiting.UntilAsync(
        async () =>
        {
            Assert.False(_program.HasEnded, $"The server ended:\n{Output}");
            try
            {
                using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                // The door is not open yet.
                return false;
            }
        },
        most, "the server is ready", seen: () => Output);
}
