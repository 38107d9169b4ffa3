using System.Globalization;
using System.Text;
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
/// <param name="Folder">Where the import files are left, or null.</param>
internal sealed record LoadCountyRequest(string Server, string SetUpToken, string Division, string? MapFile, (double Lat, double Lon) Centre, int Count, int Seed, string? OrgansFile = null, string? Folder = null);

/// <summary>Enters an invented county through the API as an office would: its records by import files, its staff by invitation. Notes all sign-ins.</summary>
internal sealed class LoadCounty(TimeProvider time, TextWriter output)
{
    private const int CityDigits = 4;
    private const int TownDigits = 9;
    private const int FactoryList = 1_000;

    // Passwords are hashed slowly on purpose: as many as the screens need to look alive.
    private const int SignIns = 60;
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
        var (plan, map) = Plan(divisions, request);
        var chips = await EnterChipsAsync(office, bureauDesk, plan, stop);
        await output.WriteLineAsync($"{chips.Count} chips");
        await ImportAsync(bureauDesk, plan, request.Folder, stop);
        await output.WriteLineAsync($"{plan.Enterprises.Count} enterprises, {plan.Machines.Count} machines, {plan.Welders.Count} welders");
        await new LoadNeighbours(office, _words).RunAsync(city.Elsewhere, divisions, request.MapFile, request.Seed, stop);
        var spaces = SpacePlan.Of(_words, plan, map, request.Seed);
        await new LoadSpaces(office, time).RunAsync(spaces, plan, stop);
        await output.WriteLineAsync($"{spaces.Count} confined spaces");
        var first = (await office.GetAsync($"enterprises?search={plan.Enterprises[0].CreditCode}", stop))!["items"]![0]!;
        var manager = await staff.InviteAsync(bureauDesk, "safety-manager", _words.SafetyManager, "manager", ("enterprise", IdOf(first).ToString()), plan.Enterprises[0].Name, stop);

        var (registration, welders) = (new WelderRegistration(office, visitor), new List<WelderEntry>());
        foreach (var welder in plan.Welders.Take(SignIns))
        {
            var machines = plan.Machines.Where(machine => machine.Enterprise == welder.Enterprise).Select(machine => machine.Code).ToList();
            welders.Add(await registration.InviteAsync(welder, machines, stop));
        }

        await output.WriteLineAsync($"{welders.Count} of them sign in");
        return new Roster { Server = request.Server, Desks = [security, system, audit, .. bureaus, manager], Welders = welders, Chips = chips };
    }

    // The files lie beside the roster: what the county shows came from them, and anybody can look.
    private async Task ImportAsync(AnlanClient bureau, CountyPlan plan, string? folder, CancellationToken stop)
    {
        if (folder is not null) Directory.CreateDirectory(folder);
        var desk = new ImportDesk(bureau);
        foreach (var (kind, text) in CountyFiles.Of(plan, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), _words.Authority))
        {
            if (folder is not null) await File.WriteAllTextAsync(Path.Combine(folder, kind + ".csv"), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), stop);
            await desk.RunAsync(kind, text, stop);
        }
    }

    // The first one is registered by hand, which tells the keys that every chip trusts; the others come as a factory sends them: serials with the secrets burnt in there.
    private static async Task<List<ChipEntry>> EnterChipsAsync(CountyOffice office, AnlanClient bureau, CountyPlan plan, CancellationToken stop)
    {
        var first = await office.PostAsync("chips", new JsonObject { ["serial"] = plan.Machines[0].Serial }, stop);
        var keys = first["trustedKeys"]!.AsArray().Select(key => (string)key!["publicKey"]!).ToList();
        var secrets = plan.Machines.Skip(1).ToDictionary(machine => machine.Serial, _ => Secrets.OfChip(), StringComparer.Ordinal);
        foreach (var some in secrets.Chunk(FactoryList)) await bureau.PostFileAsync("chips/import", Encoding.UTF8.GetBytes("serial,secret\n" + string.Concat(some.Select(chip => $"{chip.Key},{chip.Value}\n"))), stop);
        secrets[plan.Machines[0].Serial] = (string)first["secret"]!;
        return [.. plan.Machines.Select(machine => new ChipEntry(machine.Serial, secrets[machine.Serial], machine.Code, machine.Kind, machine.RatedCurrent, machine.ChipLatitude, machine.Longitude, keys))];
    }

    private (CountyPlan Plan, CountyMap Map) Plan(List<(string Code, string Name)> divisions, LoadCountyRequest request)
    {
        var county = divisions.FirstOrDefault(division => division.Code == request.Division);
        if (county.Code is null) throw new InvalidDataException($"The server knows no division {request.Division}.");
        var towns = divisions.Where(division => division.Code.Length == TownDigits && division.Code.StartsWith(county.Code, StringComparison.Ordinal)).ToList();
        if (towns.Count == 0) towns = [county];
        var map = request.MapFile is { } file ? CountyMap.Read(file, county.Name) : CountyMap.Around(request.Centre.Lat, request.Centre.Lon);
        var centres = map.Centres(towns.Count, new Random(Sites.Seeds.Of(request.Seed, "towns")));
        return (CountyPlan.Of(_words, [.. towns.Zip(centres, (town, centre) => new PlannedTown(town.Code, town.Name, centre.Lat, centre.Lon))], map, request.Count, request.Seed), map);
    }

    private static List<(string Code, string Name)> Divisions(JsonNode? answer)
    {
        var list = answer as JsonArray ?? answer?["items"] as JsonArray ?? throw new InvalidDataException("The list of divisions is not a list.");
        return [.. list.Select(division => (CodeOf(division!["code"]!), (string)division["name"]!))];
    }

    private static string CodeOf(JsonNode code) => (code is JsonObject ? (string?)code["value"] : (string?)code) ?? throw new InvalidDataException("A division has no code.");

    internal static Guid IdOf(JsonNode answer) => Guid.Parse((string)answer["id"]!, CultureInfo.InvariantCulture);
}
