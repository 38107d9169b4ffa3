using System.Globalization;
using System.Text.Json.Nodes;
using Anlan.Simulator.Api;
using Anlan.Simulator.Rosters;

namespace Anlan.Simulator.County;

/// <summary>What <c>county</c> was asked for.</summary>
/// <param name="Server">Address of pages and API.</param>
/// <param name="SetUpToken">The one-time token.</param>
/// <param name="Division">Code of the county.</param>
/// <param name="MapFile">GeoJSON with the county's outline, or null.</param>
/// <param name="Centre">A place in the county when there is no map.</param>
/// <param name="Count">Machines with a chip.</param>
/// <param name="Seed">Seed.</param>
/// <param name="OrgansFile">The city's organs (<see cref="CityOrgans"/>), or null for one bureau over all of it.</param>
internal sealed record LoadCountyRequest(string Server, string SetUpToken, string Division, string? MapFile, (double Lat, double Lon) Centre, int Count, int Seed, string? OrgansFile = null);

/// <summary>Enters an invented county through the API, as people would, and notes all sign-ins.</summary>
internal sealed class LoadCounty(TimeProvider time, TextWriter output)
{
    private const int CityDigits = 4;
    private const int TownDigits = 9;
    private readonly InventedWords _words = InventedWords.Read();

    public async Task<Roster> RunAsync(LoadCountyRequest request, CancellationToken stop)
    {
        using var visitor = new AnlanClient(request.Server);
        var security = new DeskEntry("security-administrator", _words.SecurityAdministrator, "security", Secrets.Password());
        await visitor.PostAsync("set-up", new JsonObject { ["token"] = request.SetUpToken, ["userName"] = security.UserName, ["password"] = security.Password, ["displayName"] = security.Name }, stop);
        using var securityDesk = new AnlanClient(request.Server, security.UserName, security.Password);
        var staff = new StaffDesk(visitor);
        // Whoever runs, whoever admits and whoever watches are three people.
        var system = await staff.InviteAsync(securityDesk, "system-administrator", _words.SystemAdministrator, "system", null, null, stop);
        var audit = await staff.InviteAsync(securityDesk, "audit-administrator", _words.AuditAdministrator, "audit", null, null, stop);
        using var systemDesk = new AnlanClient(request.Server, system.UserName, system.Password);
        var city = request.OrgansFile is { } file ? CityOrgans.Read(file) : CityOrgans.Of(_words, request.Division[..Math.Min(CityDigits, request.Division.Length)]);
        var bureaus = await new LoadOrgans(systemDesk, securityDesk, staff, _words).RunAsync(city, stop);
        await output.WriteLineAsync($"{city.Organs.Count} organs");
        // The first one supervises the whole city.
        using var bureauDesk = new AnlanClient(request.Server, bureaus[0].UserName, bureaus[0].Password);
        var office = new CountyOffice(bureauDesk);

        var divisions = Divisions(await office.GetAsync("divisions", stop));
        var plan = Plan(divisions, request);
        var enterprises = await EnterEnterprisesAsync(office, plan, stop);
        var manager = await staff.InviteAsync(bureauDesk, "safety-manager", _words.SafetyManager, "manager", ("enterprise", enterprises[0].ToString()), plan.Enterprises[0].Name, stop);
        await new LoadNeighbours(office, _words).RunAsync(city.Elsewhere, divisions, request.MapFile, request.Seed, stop);
        await output.WriteLineAsync($"{enterprises.Count} enterprises");

        var chips = new List<ChipEntry>();
        foreach (var machine in plan.Machines) chips.Add(await EnterMachineAsync(office, machine, plan, enterprises, stop));
        await output.WriteLineAsync($"{chips.Count} machines with chips");

        var people = new WelderRegistration(office, visitor, time, _words.Authority);
        var welders = new List<WelderEntry>();
        foreach (var welder in plan.Welders)
        {
            var machines = plan.Machines.Where(machine => machine.Enterprise == welder.Enterprise).Select(machine => machine.Code).ToList();
            welders.Add(await people.EnterAsync(welder, enterprises[welder.Enterprise], machines, stop));
        }

        await output.WriteLineAsync($"{welders.Count} welders");
        return new Roster { Server = request.Server, Desks = [security, system, audit, .. bureaus, manager], Welders = welders, Chips = chips };
    }

    private CountyPlan Plan(List<(string Code, string Name)> divisions, LoadCountyRequest request)
    {
        var county = divisions.FirstOrDefault(division => division.Code == request.Division);
        if (county.Code is null) throw new InvalidDataException($"The server knows no division {request.Division}.");
        var towns = divisions.Where(division => division.Code.Length == TownDigits && division.Code.StartsWith(county.Code, StringComparison.Ordinal)).ToList();
        if (towns.Count == 0) towns = [county];
        var map = request.MapFile is { } file ? CountyMap.Read(file, county.Name) : CountyMap.Around(request.Centre.Lat, request.Centre.Lon);
        var centres = map.Centres(towns.Count, new Random(Sites.Seeds.Of(request.Seed, "towns")));
        return CountyPlan.Of(_words, [.. towns.Zip(centres, (town, centre) => new PlannedTown(town.Code, town.Name, centre.Lat, centre.Lon))], map, request.Count, request.Seed);
    }

    private static async Task<List<Guid>> EnterEnterprisesAsync(CountyOffice office, CountyPlan plan, CancellationToken stop)
    {
        var ids = new List<Guid>();
        foreach (var enterprise in plan.Enterprises)
        {
            var answer = await office.PostAsync("enterprises", new JsonObject
            {
                ["name"] = enterprise.Name,
                ["creditCode"] = enterprise.CreditCode,
                ["division"] = enterprise.Town.Code,
                ["address"] = enterprise.Address,
                ["kind"] = enterprise.Kind,
            }, stop);
            ids.Add(IdOf(answer));
        }

        return ids;
    }

    private static async Task<ChipEntry> EnterMachineAsync(CountyOffice office, PlannedMachine machine, CountyPlan plan, List<Guid> enterprises, CancellationToken stop)
    {
        var chip = await office.PostAsync("chips", new JsonObject { ["serial"] = machine.Serial }, stop);
        await office.PostAsync("machines", new JsonObject
        {
            ["code"] = machine.Code,
            ["kind"] = machine.Kind,
            ["model"] = machine.Model,
            ["ratedCurrent"] = machine.RatedCurrent,
            ["ownerEnterprise"] = enterprises[machine.Enterprise].ToString(),
            ["userEnterprise"] = enterprises[machine.Enterprise].ToString(),
            ["division"] = plan.Enterprises[machine.Enterprise].Town.Code,
            ["site"] = machine.Site,
            ["latitude"] = machine.Latitude,
            ["longitude"] = machine.Longitude,
            ["datum"] = "wgs84",
        }, stop);
        await office.PostAsync($"machines/{machine.Code}/chip", new JsonObject { ["serial"] = machine.Serial }, stop);
        var keys = chip["trustedKeys"]!.AsArray().Select(key => (string)key!["publicKey"]!).ToList();
        return new ChipEntry(machine.Serial, (string)chip["secret"]!, machine.Code, machine.Kind, machine.RatedCurrent, machine.ChipLatitude, machine.Longitude, keys);
    }

    private static List<(string Code, string Name)> Divisions(JsonNode? answer)
    {
        var list = answer as JsonArray ?? answer?["items"] as JsonArray ?? throw new InvalidDataException("The list of divisions is not a list.");
        return [.. list.Select(division => (CodeOf(division!["code"]!), (string)division["name"]!))];
    }

    private static string CodeOf(JsonNode code) => (code is JsonObject ? (string?)code["value"] : (string?)code) ?? throw new InvalidDataException("A division has no code.");

    internal static Guid IdOf(JsonNode answer) => Guid.Parse((string)answer["id"]!, CultureInfo.InvariantCulture);
}
