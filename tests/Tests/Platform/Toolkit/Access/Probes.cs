using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Tests.Platform.Toolkit.Access;

/// <summary>Asks every route for records of a world in every way that it understands: plainly, by id, by search word, by filter; and tries to change them.</summary>
internal sealed partial class Probes(ScopedServer server)
{
    private static readonly string[] Kinds = ["company", "permanent", "electric", "townStation"];
    private static readonly string[] TakesAway = ["PUT /api/v1/organs/{organ:guid}", "POST /api/v1/organs/{organ:guid}/close", "POST /api/v1/assignments/{assignment:guid}/end"];
    // One after the other these questions would still be asked when every other test has ended.
    private const int AtOnce = 3;

    /// <summary>Under this name <see cref="SearchAsync"/> finds the positions of a world's log entries.</summary>
    public const string Positions = "LogEntries";

    private static readonly string[] NobodysParameters = ["token", "year", "seq", "culture", "theme", "webhook"];

    // What a list shows only when it is chosen: asked for beside the rest.
    private static readonly (string Route, string Query)[] Chosen =
    [
        ("/welding/problems/cases", "kind=unlicensed&month=2026-05"), ("/welding/problems/cases", "kind=ungranted&month=2026-05"), ("/profile/records", "dimension=starts"), ("/profile/records", "dimension=conduct"), ("/profile/records", "dimension=incidents"),
    ];

    /// <summary>What a route answered.</summary>
    /// <param name="Route">Method and pattern.</param>
    /// <param name="Address">What was asked.</param>
    /// <param name="Status">Status.</param>
    /// <param name="Body">The answer, without what differs from one request to the next and without the words of the question.</param>
    public sealed record Answer(string Route, string Address, HttpStatusCode Status, string Body);

    /// <summary>Every list, page, count and export as it comes.</summary>
    public Task<IReadOnlyList<Answer>> LookAsync(HttpClient browser) =>
        AskAllAsync(browser, [.. Reading().Where(route => route.RoutePattern.Parameters.Count == 0).Select(route => new Question(route, AddressOf(route, []), []))]);

    /// <summary>Every route asked for a world's records.</summary>
    /// <param name="browser">Who asks.</param>
    /// <param name="world">The world.</param>
    /// <param name="keys">Keys of its rows by entity.</param>
    public async Task<IReadOnlyList<Answer>> SearchAsync(HttpClient browser, PlantedWorld world, IReadOnlyDictionary<string, IReadOnlyList<string>> keys)
    {
        var questions = new List<Question>();
        var queries = world.Words.Select(word => ("search", word))
            .Concat([("enterprise", $"{world.Enterprise}"), ("person", $"{world.Person}"), ("machine", $"{world.Machine}"), ("organ", $"{world.Organ}"), ("division", world.Town), ("code", world.MachineCode), ("subject", $"{world.Enterprise}")]).ToList();
        foreach (var route in Reading().Where(route => ByOf(route) != ScopedBy.Everybody))
        {
            if (route.RoutePattern.Parameters.Count == 0)
            {
                foreach (var query in ChosenOf(route)) questions.Add(new Question(route, $"{AddressOf(route, [])}?{query}", []));
                foreach (var (name, value) in queries) questions.Add(new Question(route, $"{AddressOf(route, [])}?{name}={Uri.EscapeDataString(value)}", [value]));
            }
            else
            {
                foreach (var values in ValuesFor(route, world, keys))
                {
                    questions.Add(new Question(route, AddressOf(route, values), values));
                    foreach (var query in ChosenOf(route)) questions.Add(new Question(route, $"{AddressOf(route, values)}?{query}", values));
                }
            }
        }

        return await AskAllAsync(browser, questions);
    }

    /// <summary>Every changing route with a world's ids in its address and in every field that a body can have.</summary>
    public async Task<IReadOnlyList<Answer>> ChangeAsync(HttpClient browser, PlantedWorld world, IReadOnlyDictionary<string, IReadOnlyList<string>> keys)
    {
        var answers = new List<Answer>();
        // What adds a record goes first: afterwards the world may be closed. What takes a place out of its supervisor's hands goes last.
        foreach (var route in server.Routes.Where(route => ScopedServer.MethodOf(route) != "GET" && ByOf(route) == ScopedBy.Records).OrderBy(route => TakesAway.Contains(NameOf(route)) ? 2 : world.Addition(NameOf(route)) is null ? 1 : 0))
        {
            foreach (var values in route.RoutePattern.Parameters.Count == 0 ? [[]] : ValuesFor(route, world, keys))
            {
                IEnumerable<object> bodies = [.. Kinds.Select(kind => Everything(world, kind))];
                if (world.Addition(NameOf(route)) is { } addition) bodies = bodies.Prepend(addition);
                foreach (var body in bodies)
                {
                    var address = AddressOf(route, values);
                    using var request = new HttpRequestMessage(new HttpMethod(ScopedServer.MethodOf(route)), address) { Content = body is byte[] file ? new ByteArrayContent(file) { Headers = { ContentType = new("application/octet-stream") } } : JsonContent.Create(body) };
                    using var answer = await browser.SendAsync(request);
                    answers.Add(new Answer(NameOf(route), address, answer.StatusCode, Plain(await answer.Content.ReadAsStringAsync(), [.. values, .. world.Words])));
                }
            }
        }

        return answers;
    }

    private IEnumerable<RouteEndpoint> Reading() => server.Routes.Where(route => ScopedServer.MethodOf(route) == "GET" && route.RoutePattern.RawText is not ("/sign-out" or "/failed"));

    private static IEnumerable<string> ChosenOf(RouteEndpoint route) => Chosen.Where(chosen => route.RoutePattern.RawText!.Contains(chosen.Route, StringComparison.Ordinal)).Select(chosen => chosen.Query);

    private static string NameOf(RouteEndpoint route) => $"{ScopedServer.MethodOf(route)} {route.RoutePattern.RawText}";

    private static ScopedBy ByOf(RouteEndpoint route) => route.Metadata.GetRequiredMetadata<ScopedAttribute>().By;

    // Several at once, answered in the order of the questions.
    private static async Task<IReadOnlyList<Answer>> AskAllAsync(HttpClient browser, List<Question> questions)
    {
        var answers = new Answer[questions.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, questions.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) => answers[number] = await AskAsync(browser, questions[number].Route, questions[number].Address, questions[number].Asked));
        return answers;
    }

    private sealed record Question(RouteEndpoint Route, string Address, IReadOnlyList<string> Asked);

    private static async Task<Answer> AskAsync(HttpClient browser, RouteEndpoint route, string address, IReadOnlyList<string> asked)
    {
        using var answer = await browser.GetAsync(address);
        return new Answer(NameOf(route), address, answer.StatusCode, Plain(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()) + answer.Headers.Location, asked));
    }

    // A body that any operation can read: each takes the fields that it knows.
    private static object Everything(PlantedWorld world, string kind) => new
    {
        kind,
        role = "safety-manager",
        name = "changed",
        displayName = "changed",
        nameZh = "changed",
        nameEn = "changed",
        reason = "changed",
        ground = "purposeServed",
        erasure = world.Erasure,
        basis = "changed",
        person = world.Person,
        enterprise = world.Enterprise,
        userEnterprise = world.Enterprise,
        ownerEnterprise = world.Enterprise,
        organ = world.Organ,
        parent = world.Organ,
        identityNumber = world.IdentityNumber,
        creditCode = world.CreditCode,
        certificateNumber = world.CertificateNumber,
        number = world.CertificateNumber,
        serial = world.Serial,
        code = world.MachineCode,
        division = world.Town,
        category = "welding",
        subItem = "fusion",
        issuedOn = "2026-03-02",
        expiresOn = "2032-03-01",
        reviewedOn = "2026-03-03",
        enabled = false,
        isEnabled = false,
        model = "changed",
        ratedCurrent = 100,
        site = "changed",
        latitude = 30.5,
        longitude = 120.0,
        datum = "wgs84",
        proof = "none",
        phone = "13911111111",
        address = "changed",
        text = "changed",
        note = "changed",
    };

    private static string AddressOf(RouteEndpoint route, IReadOnlyList<string> values)
    {
        var next = 0;
        var address = Parameter().Replace(route.RoutePattern.RawText!, _ => Uri.EscapeDataString(values[next++]));
        return "/" + address.TrimStart('/');
    }

    // One list of values for each record that the parameter can name. A parameter that nobody knows here needs thinking about.
    private static IEnumerable<IReadOnlyList<string>> ValuesFor(RouteEndpoint route, PlantedWorld world, IReadOnlyDictionary<string, IReadOnlyList<string>> keys)
    {
        var name = Assert.Single(route.RoutePattern.Parameters).Name.ToLowerInvariant();
        if (NobodysParameters.Contains(name)) return [];
        if (name == "code") return [[route.RoutePattern.RawText!.Contains("spaces/", StringComparison.Ordinal) ? world.SpaceCode : route.RoutePattern.RawText!.Contains("cameras/", StringComparison.Ordinal) ? world.CameraCode : world.MachineCode]];
        if (name == "position") return keys[Positions].Select(position => new[] { position });
        if (name == "number") return [[world.Alarm.ToString(System.Globalization.CultureInfo.InvariantCulture)]];
        if (name == "role") return [["welder"]];
        if (name == "serial") return [[world.Serial], [world.LooseSerial]];
        if (name == "id") return keys.Values.SelectMany(ids => ids).Where(id => Guid.TryParse(id, out _)).Select(id => new[] { id });
        var entity = keys.Keys.SingleOrDefault(entity => entity.EndsWith(name, StringComparison.OrdinalIgnoreCase));
        Assert.True(entity is not null, $"Nobody told this test which record {{{name}}} of {route.RoutePattern.RawText} names.");
        return keys[entity].Select(id => new[] { id });
    }

    private static string Plain(string body, IReadOnlyList<string> asked)
    {
        body = Scripts().Replace(body, " ");
        body = Times().Replace(body, "#");
        return asked.Where(word => word.Length > 0).Aggregate(body, (text, word) => text.Replace(word, "", StringComparison.OrdinalIgnoreCase).Replace(Uri.EscapeDataString(word), "", StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"<script.*?</script>|<!--.*?-->|<link[^>]*>|<input[^>]*type=""hidden""[^>]*>|<style.*?</style>|\b(id|for|aria-[\w-]+|popoverid|nonce)=""[^""]*""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Scripts();

    [GeneratedRegex(@"\d\d:\d\d(:\d\d(\.\d+)?)?|""traceId"":""[^""]*""")]
    private static partial Regex Times();
}
