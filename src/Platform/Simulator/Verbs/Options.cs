using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Anlan.Simulator.Api;
using Anlan.Simulator.Chips;

namespace Anlan.Simulator.Verbs;

/// <summary>Options that several verbs take.</summary>
internal static class Options
{
    public static Option<string> Roster() => new("--roster") { Description = "File with sign-ins, chips and secrets, written by 'county'.", Required = true };

    public static Option<string?> Server() => new("--server", "--url") { Description = "Address of pages and API, for example http://127.0.0.1:5080." };

    public static Option<int> Seed() => new("--seed") { Description = "The same seed gives the same people, places and mishaps.", DefaultValueFactory = _ => 1 };

    public static Option<MqttAddress> Mqtt() => new("--mqtt")
    {
        Description = "host:port of the broker.",
        DefaultValueFactory = _ => new MqttAddress("127.0.0.1", 1883),
        CustomParser = result =>
        {
            try
            {
                return MqttAddress.Parse(result.Tokens.Single().Value);
            }
            catch (FormatException wrong)
            {
                result.AddError(wrong.Message);
                return default;
            }
        },
    };

    /// <summary>Runs to the end or until Ctrl-C, which is a good end; what a person can mend is told in one line.</summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task> run, CancellationToken stop)
    {
        try
        {
            await run(stop);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException or FormatException or InvalidDataException or CryptographicException
            or ApiRefusedException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
    }
}
