using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using Anlan.Simulator.Chips;
using Anlan.Simulator.Sites;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Signing;

namespace Anlan.Simulator.Verbs;

/// <summary><c>chip</c>: one chip that somebody registered by hand.</summary>
internal static class ChipVerb
{
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromSeconds(1);

    public static Command Make()
    {
        var serial = new Option<string>("--serial") { Description = "Serial number.", Required = true };
        var secret = new Option<string>("--secret") { Description = "The secret shown at registration.", Required = true };
        var key = new Option<string[]>("--key") { Description = "Trusted key, kid:publicKey in base64url as shown at registration; may be repeated.", Required = true, AllowMultipleArgumentsPerToken = true };
        var machine = new Option<Guid?>("--machine-id") { Description = "Machine burnt in at the factory; without it the chip learns its machine when it is bound." };
        var latitude = new Option<double>("--lat") { Description = "Latitude, WGS-84.", Required = true };
        var longitude = new Option<double>("--lon") { Description = "Longitude, WGS-84.", Required = true };
        var current = new Option<double>("--rated-current") { Description = "Amperes.", DefaultValueFactory = _ => 315 };
        var flash = new Option<string?>("--flash") { Description = "Folder of the chip's non-volatile memory; a temporary one without it." };
        var (mqtt, tls, ca, seed) = (Options.Mqtt(), Options.Tls(), Options.Authorities(), Options.Seed());
        var certificate = new Option<string?>("--certificate") { Description = "PEM file with the chip's own certificate and key, with --tls." };
        var command = new Command("chip", "Run one chip.") { serial, secret, key, machine, latitude, longitude, current, flash, mqtt, tls, ca, certificate, seed };
        command.SetAction((parsed, stop) => Options.RunAsync(async token =>
        {
            var name = parsed.GetRequiredValue(serial);
            var dice = new Random(Seeds.Of(parsed.GetValue(seed), name));
            var keys = parsed.GetRequiredValue(key).Select(ReadKey).ToList();
            var store = FileStore.Of(parsed.GetValue(flash) ?? Directory.CreateTempSubdirectory("anlan-chip-").FullName, name, keys, parsed.GetValue(machine));
            var scene = new WeldingScene("electric", parsed.GetValue(current), parsed.GetValue(latitude), parsed.GetValue(longitude), dice);
            using var chip = new SimulatedChip(new ChipIdentity(name, "1.0.0", "simulated"), parsed.GetRequiredValue(secret), store, scene, Options.Secured(parsed.GetValue(mqtt), parsed.GetValue(tls), parsed.GetValue(ca), parsed.GetValue(certificate)), dice, TimeProvider.System);
            await Task.WhenAll(chip.RunAsync(token), ReportAsync(chip, token));
        }, stop));
        return command;
    }

    /// <summary>Reads <c>kid:publicKey</c>; the kid must be that of the key.</summary>
    internal static byte[] ReadKey(string text)
    {
        var parts = text.Split(':');
        var key = Base64Url.DecodeFromChars(parts[^1]);
        if (parts.Length == 2 && !CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(parts[0]), TrustedKeys.KidOf(key))) throw new FormatException($"{parts[0]} is not the id of this key.");
        return key;
    }

    private static async Task ReportAsync(SimulatedChip chip, CancellationToken stop)
    {
        var last = "";
        while (!stop.IsCancellationRequested)
        {
            var line = $"{chip.Serial}: {(chip.IsOnline ? "on-line" : "off-line")}, {(chip.IsPowered ? "powered" : "locked")}";
            if (line != last) await Console.Out.WriteLineAsync(line);
            last = line;
            await Task.Delay(StatusPeriod, TimeProvider.System, stop);
        }
    }
}
