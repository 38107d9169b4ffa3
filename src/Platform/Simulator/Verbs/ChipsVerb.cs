using System.CommandLine;
using Anlan.Simulator.Rosters;
using Anlan.Simulator.Sites;

namespace Anlan.Simulator.Verbs;

/// <summary><c>chips</c>: the chips and welders of a roster.</summary>
internal static class ChipsVerb
{
    public static Command Make()
    {
        var (roster, server, seed, mqtt, tls, ca) = (Options.Roster(), Options.Server(), Options.Seed(), Options.Mqtt(), Options.Tls(), Options.Authorities());
        var count = new Option<int>("--count") { Description = "Number of chips, from the beginning of the roster.", DefaultValueFactory = _ => 50 };
        var noWelders = new Option<bool>("--no-welders") { Description = "Chips only: nobody starts machines." };
        var command = new Command("chips", "Run the chips of a roster, and the welders who start and stop them.") { roster, count, seed, mqtt, tls, ca, server, noWelders };
        command.SetAction((parsed, stop) => Options.RunAsync(token =>
        {
            var path = parsed.GetRequiredValue(roster);
            var request = new RunSitesRequest(
                Roster.Read(path), path + ".flash", parsed.GetValue(count), parsed.GetValue(seed), Options.Secured(parsed.GetValue(mqtt), parsed.GetValue(tls), parsed.GetValue(ca)), parsed.GetValue(server), !parsed.GetValue(noWelders));
            return new RunSites(TimeProvider.System, Console.Out).RunAsync(request, token);
        }, stop));
        return command;
    }
}
