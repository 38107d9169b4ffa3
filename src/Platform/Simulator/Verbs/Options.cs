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

    public static Option<bool> Tls() => new("--tls") { Description = "Connect with TLS; the broker's port for it is usually 8883." };

    public static Option<string?> Authorities() => new("--ca") { Description = "PEM file of those who may vouch for the broker; whom this machine trusts without it." };

    /// <summary>The broker's address as the options say, with TLS where it is asked for.</summary>
    public static MqttAddress Secured(MqttAddress address, bool tls, string? authorities, string? own = null) =>
        tls ? address with { Tls = MqttTls.Read(authorities, own) }
        : authorities is null && own is null ? address : throw new FormatException("--ca and --certificate go with --tls.");

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
