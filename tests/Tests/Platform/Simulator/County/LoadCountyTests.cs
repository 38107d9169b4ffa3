using System.Text.Json.Nodes;
using Anlan.Simulator.Api;
using Anlan.Simulator.County;
using Anlan.Simulator.Rosters;
using Anlan.Tests.Platform.Simulator.Api;

namespace Anlan.Tests.Platform.Simulator.County;

public sealed class LoadCountyTests : IAsyncLifetime
{
    private static readonly string[] Kinds = ["enterprises", "people", "employments", "certificates", "machines"];
    private PretendApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await PretendApi.StartAsync();
        _api.Answers["GET divisions"] = (_, _) => (200, new JsonArray(
            Division("9901", "Prefecture"), Division("990101", "County"), Division("990101001", "Old Town"), Division("990101002", "New Town"), Division("990102001", "Elsewhere")));
        _api.Answers["POST chips"] = (body, _) => (200, new JsonObject
        {
            ["secret"] = "secret-" + (string)body!["serial"]!,
            ["trustedKeys"] = new JsonArray(new JsonObject { ["kid"] = "AA", ["publicKey"] = "BB" }),
        });
        foreach (var kind in Kinds)
        {
            _api.Answers[$"POST imports/forms/{kind}"] = (_, _) => (200, new JsonObject { ["id"] = kind });
            _api.Answers[$"GET imports/{kind}"] = (_, _) => (200, new JsonObject { ["isRunning"] = false, ["import"] = new JsonObject { ["state"] = _api.Requests.Any(request => request.What == $"POST imports/{kind}/apply") ? "applied" : "checked", ["refused"] = 0 } });
        }

        foreach (var list in (string[])["enterprises", "people", "certificates", "employments"]) _api.Answers[$"GET {list}"] = (_, _) => (200, new JsonObject { ["items"] = new JsonArray(new JsonObject { ["id"] = Guid.CreateVersion7().ToString() }) });
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_county_is_entered_as_people_would_and_every_secret_is_in_the_roster()
    {
        var roster = await LoadAsync();

        Assert.Equal("token", (string?)_api.Bodies("POST set-up").Single()!["token"]);
        Assert.Equal(["security-administrator", "system-administrator", "audit-administrator", "city-bureau", "safety-manager"], roster.Desks.Select(desk => desk.Role));
        Assert.Equal(Kinds, _api.Requests.Where(request => request.What.StartsWith("POST imports/forms/", StringComparison.Ordinal)).Select(request => request.What[19..]));
        Assert.All(Kinds, kind => Assert.Single(_api.Bodies($"POST imports/{kind}/apply"), body => !(bool)body!["goodRowsOnly"]!));
        Assert.Equal(20, RowsOf("enterprises").Count);
        Assert.Equal(12, RowsOf("machines").Count);
        Assert.Equal(RowsOf("people").Count, RowsOf("certificates").Count);
        Assert.Equal(roster.Welders.Count + 4, _api.Bodies("POST claims").Count());
        Assert.Equal(["990101001", "990101002"], RowsOf("machines").Select(machine => machine[6]).Distinct().Order());
        Assert.All(roster.Chips, chip => Assert.Single(RowsOf("machines"), machine => machine[0] == chip.MachineCode && machine[^2] == chip.Serial && machine[^1] == "active"));
        var factory = (string)_api.Bodies("POST chips/import").Single()!;
        Assert.Equal("secret-" + roster.Chips[0].Serial, roster.Chips[0].Secret);
        Assert.All(roster.Chips.Skip(1), chip => Assert.Contains($"\n{chip.Serial},{chip.Secret}\n", factory, StringComparison.Ordinal));
        Assert.All(RowsOf("people"), person => Assert.StartsWith("990000", person[1], StringComparison.Ordinal));
        Assert.Equal(roster.Welders.Count + 5, roster.Welders.Select(welder => welder.Password).Concat(roster.Desks.Select(desk => desk.Password)).Distinct().Count());
    }

    [Fact]
    public async Task Confined_spaces_are_entered_by_the_bureau_with_whoever_answers_for_them_and_numbers_are_left_to_the_server()
    {
        await LoadAsync();

        var spaces = _api.Requests.Where(request => request.What == "POST spaces").ToList();
        var pool = spaces[0].Body!;
        Assert.All(spaces, space => Assert.Equal("bureau", space.User));
        Assert.All(spaces, space => Assert.Null(space.Body!["code"]));
        Assert.Equal(("sewagePool", "hydrogenSulfide"), ((string?)pool["kind"], (string?)pool["hazards"]![0]));
        Assert.Contains(RowsOf("people"), person => person[1] == (string?)pool["responsibleIdentityNumber"]);
    }

    [Fact]
    public async Task Welders_claim_with_certificate_number_and_printed_code_before_their_certificate_is_revoked()
    {
        await LoadAsync();

        var order = _api.Requests.Select(request => request.What).ToList();
        var revoke = order.FindIndex(what => what.EndsWith("/revoke", StringComparison.Ordinal));
        Assert.Equal("POST claims", order.Take(revoke).Last(what => what.StartsWith("POST", StringComparison.Ordinal)));
        Assert.Single(order, what => what.StartsWith("POST employments/", StringComparison.Ordinal) && what.EndsWith("/end", StringComparison.Ordinal));
        var claim = _api.Bodies("POST claims").Last()!;
        Assert.Equal((RowsOf("certificates")[^1][1], "ABCD-1234"), ((string?)claim["certificateNumber"], (string?)claim["code"]));
    }

    [Fact]
    public async Task The_three_administrations_are_three_people_and_the_county_is_entered_by_its_bureau()
    {
        await LoadAsync();

        Assert.All(_api.Requests.Where(request => request.What.StartsWith("POST imports/", StringComparison.Ordinal) || request.What.StartsWith("POST chips", StringComparison.Ordinal)), request => Assert.Equal("bureau", request.User));
        Assert.Equal(["system-administrator", "audit-administrator", "city-bureau"], _api.Requests.Where(request => request is { What: "POST invitations", User: "security" }).Select(request => (string?)request.Body!["role"]));
    }

    [Fact]
    public async Task Organs_are_entered_from_above_with_what_they_supervise_and_their_staff_can_sign_in()
    {
        var folder = Directory.CreateTempSubdirectory("anlan-organs-").FullName;
        var file = Path.Combine(folder, "organs.json");
        await File.WriteAllTextAsync(file, """
            {"from":"2020-01-01","basis":"Decree 7","elsewhere":[],"organs":[
              {"key":"city","kind":"cityBureau","nameZh":"City","nameEn":"City","seat":"9901","supervises":["9901"],"signIn":"city"},
              {"key":"zone","kind":"functionalZoneCommittee","parent":"city","nameZh":"Zone","nameEn":"Zone","supervises":["990101001","990101002"],"signIn":"zone"}]}
            """, TestContext.Current.CancellationToken);
        var ids = new Queue<string>(["11111111-0000-7000-8000-000000000001", "11111111-0000-7000-8000-000000000002"]);
        _api.Answers["POST organs"] = (_, _) => (200, new JsonObject { ["id"] = ids.Dequeue() });

        var roster = await LoadAsync(organs: file);

        Assert.Equal([null, "11111111-0000-7000-8000-000000000001"], _api.Bodies("POST organs").Select(organ => (string?)organ!["parent"]));
        Assert.Equal(["990101001", "990101002"], _api.Bodies("POST organs/11111111-0000-7000-8000-000000000002/assignments").Select(assignment => (string?)assignment!["division"]));
        Assert.All(_api.Requests.Where(request => request.What.StartsWith("POST organs", StringComparison.Ordinal)), request => Assert.Equal("system", request.User));
        Assert.Equal([null, null, null, "City", "Zone"], roster.Desks.Take(5).Select(desk => desk.Post));
        Assert.Equal("11111111-0000-7000-8000-000000000002", (string?)_api.Bodies("POST invitations").Single(invitation => (string?)invitation!["displayName"] == roster.Desks[4].Name && (string?)invitation["organ"] != "11111111-0000-7000-8000-000000000001")!["organ"]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_refusal_ends_the_loading_and_an_unknown_county_too()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => LoadAsync("990199"));

        _api.Answers["GET imports/people"] = (_, _) => (200, new JsonObject { ["isRunning"] = false, ["import"] = new JsonObject { ["state"] = "checked", ["refused"] = 1 } });
        await Assert.ThrowsAsync<InvalidDataException>(() => LoadAsync());
        _api.Answers["POST imports/forms/enterprises"] = (_, _) => PretendApi.Refusal(422, "FileEmpty");
        await Assert.ThrowsAsync<ApiRefusedException>(() => LoadAsync());
    }

    private List<string[]> RowsOf(string kind) => [.. ((string)_api.Bodies($"POST imports/forms/{kind}").Last()!).Trim().Split("\r\n").Skip(1).Select(line => line.Split(','))];

    private Task<Roster> LoadAsync(string division = "990101", string? organs = null) =>
        new LoadCounty(TimeProvider.System, TextWriter.Null).RunAsync(new LoadCountyRequest(_api.Address, "token", division, null, (30.5, 120), 12, 1, organs), TestContext.Current.CancellationToken);

    private static JsonObject Division(string code, string name) => new() { ["code"] = code, ["name"] = name };
}
