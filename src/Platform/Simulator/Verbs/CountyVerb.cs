using System.CommandLine;
using Anlan.Simulator.County;

namespace Anlan.Simulator.Verbs;

/// <summary><c>county</c>: enters an invented county.</summary>
internal static class CountyVerb
{
    public static Command Make()
    {
        var (roster, server, seed) = (Options.Roster(), Options.Server(), Options.Seed());
        server.Required = true;
        var link = new Option<string>("--link", "--set-up-token") { Description = "The one-time set-up link, or the token at its end.", Required = true };
        var division = new Option<string>("--division") { Description = "Statistics code of the county.", Required = true };
        var map = new Option<string?>("--map") { Description = "GeoJSON file with an outline named like the county." };
        var organs = new Option<string?>("--organs") { Description = "JSON file with the city's organs and what they supervise; without it one bureau supervises the whole city." };
        var latitude = new Option<double>("--lat") { Description = "A place in the county, for counties without a map." };
        var longitude = new Option<double>("--lon") { Description = "A place in the county, for counties without a map." };
        var count = new Option<int>("--count") { Description = "Number of machines with a chip.", DefaultValueFactory = _ => 1_603 };
        var command = new Command("county", "Enter an invented county through the API and write the roster.") { server, link, roster, division, map, organs, latitude, longitude, count, seed };
        command.SetAction((parsed, stop) => Options.RunAsync(async token =>
        {
            var text = parsed.GetRequiredValue(link).TrimEnd('/');
            var request = new LoadCountyRequest(
                parsed.GetRequiredValue(server)!, text[(text.LastIndexOf('/') + 1)..], parsed.GetRequiredValue(division), parsed.GetValue(map),
                (parsed.GetValue(latitude), parsed.GetValue(longitude)), parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(organs),
                Path.Combine(Path.GetDirectoryName(Path.GetFullPath(parsed.GetRequiredValue(roster)))!, "import"));
            var loaded = await new LoadCounty(TimeProvider.System, Console.Out).RunAsync(request, token);
            loaded.Write(parsed.GetRequiredValue(roster));
        }, stop));
        return command;
    }
}
