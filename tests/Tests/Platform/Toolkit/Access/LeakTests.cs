using System.Net;
using System.Text.RegularExpressions;
using Rows = System.Collections.Generic.IReadOnlyDictionary<System.Type, System.Collections.Generic.IReadOnlyList<System.Collections.Generic.IReadOnlyDictionary<string, string>>>;

namespace Anlan.Tests.Platform.Toolkit.Access;

/// <summary>
/// Whatever is planted outside one's scope stays there: no list, look-up by id, search, filter, count, page or export shows it, and no request
/// changes it. Worlds are planted after the first look, so that even a number that grew would be seen.
/// </summary>
public sealed partial class LeakTests
{
    private const int MostShown = 40;
    private static readonly string[] OfTheTown = ["county", "station", "fire", "fitter"];
    private static readonly string[] OfTheWorks = ["safety", "welder"];

    // What these answer carries no mark of a world: who asks, how many unknown chips knocked, public keys, roles, a machine's state and its decisions, the asker's own views.
    private static readonly string[] WithoutMarks =
    [
        "GET /api/v1/me", "GET /api/v1/me/access", "GET /api/v1/me/session", "GET /api/v1/me/sessions", "GET /api/v1/me/factors", "GET /api/v1/me/resets", "GET /api/v1/me/alarms", "GET /api/v1/alarms/duty/week", "GET /api/v1/accounts/{account:guid}/sessions", "GET /api/v1/chips/rejected/counts", "GET /api/v1/signing-keys", "GET /api/v1/machines/{code}/live", "GET /api/v1/machines/{code}/events", "GET /api/v1/events", "GET /api/v1/backups",
        // A picture, a film, a package, a count of pictures, what one's own worker holds, and ids of events that were delivered.
        "GET /api/v1/camera-events/{cameraEvent:guid}/picture", "GET /api/v1/camera-events/{cameraEvent:guid}/clip", "GET /api/v1/camera-events/{cameraEvent:guid}/evidence", "GET /api/v1/cameras/{code}/live", "GET /api/v1/cameras/{code}/day", "GET /api/v1/cameras/{code}/zones",
        "GET /api/v1/machine-files/{attachedFile:guid}", "GET /api/v1/labels",
        // Hashes and signatures, an entry only in Base64.
        "GET /api/v1/views", "GET /api/v1/decisions/{position:long}/evidence", "GET /api/v1/evidence", "GET /api/v1/alarms/{number:long}/evidence",
        "GET /api/v1/messages/attempts", "GET /api/v1/personal-keys", "GET /api/v1/retention", "GET /api/v1/operations/figures", "GET /api/v1/holds", "GET /api/v1/people/{person:guid}/erasure",
        // Masked names at what was asked for.
        "GET /api/v1/machines/{code}/profile/records/export", "GET /api/v1/machines/{code}/events/export", "GET /api/v1/holds/export",
        // What concerns the installation.
        "GET /api/v1/retention/export", "GET /api/v1/events/export", "GET /api/v1/backups/export",
        // Counts.
        "GET /api/v1/welding/coverage", "GET /api/v1/welding/towns", "GET /api/v1/welding/towns/export", "GET /api/v1/people/{person:guid}/profile", "GET /api/v1/welding/problems", "GET /api/v1/alarms/statistics", "GET /api/v1/alarms/statistics/export", "GET /api/v1/welding/problems/export",
        // A workbook is a package; what is wrong with a row names the row.
        "GET /api/v1/imports/{importRun:guid}/faults/file", "GET /api/v1/imports/{importRun:guid}/faults",
        "GET /api/v1/me/keys", "GET /api/v1/me/delegations", "GET /api/v1/roles", "GET /api/v1/roles/export", "GET /api/v1/roles/{role}",
    ];

    // What these answer changes by looking itself: who looked at one's own data, when a session was last used, secrets that are offered once.
    private static readonly string[] GrowByLooking = ["GET /api/v1/me/access", "GET /my-data", "GET /api/v1/me/session", "GET /api/v1/me/sessions", "GET /account", "GET /account/authenticator", "GET /account/passkey"];

    // What is planted in no world (a person bound nowhere yet, a chip in no machine yet), what only a welder with a fresh proof may do, what a worker asks for its own cameras, and views, which even the chief changes only for the own account.
    private static readonly string[] WithoutWorld =
    [
        "POST /api/v1/people", "POST /api/v1/chips", "POST /api/v1/chips/import", "POST /api/v1/machines/{code}/start", "POST /api/v1/machines/{code}/stop",
        "POST /api/v1/camera-work/lease", "POST /api/v1/camera-work/events", "POST /api/v1/views", "PUT /api/v1/views/{savedView:guid}", "DELETE /api/v1/views/{savedView:guid}",
    ];

    [Fact]
    public async Task Nothing_outside_ones_scope_shows_or_changes_by_list_id_search_count_page_or_export()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var probes = new Probes(server);
        var own = await PlantedWorld.PlantAsync(server, chief, "ownside", "330521001", hasOrgans: true);
        var desks = new Dictionary<string, HttpClient>();
        foreach (var post in OfTheTown.Concat(OfTheWorks)) desks[post] = await server.SignInAsync(own.UserName(post));
        var ownRows = await server.RowsAsync();

        var beforeNeighbour = await LookAsync(probes, desks, OfTheWorks);
        var neighbour = await PlantedWorld.PlantAsync(server, chief, "nextdoor", "330521001", hasOrgans: false);
        AssertSame(beforeNeighbour, await LookAsync(probes, desks, OfTheWorks));
        var townRows = await server.RowsAsync();

        var beforeForeign = await LookAsync(probes, desks, OfTheTown.Concat(OfTheWorks));
        var foreign = await PlantedWorld.PlantAsync(server, chief, "faraway", "330522110", hasOrgans: true);
        AssertSame(beforeForeign, await LookAsync(probes, desks, OfTheTown.Concat(OfTheWorks)));
        var allRows = await server.RowsAsync();

        await AssertHiddenAsync(probes, desks, OfTheWorks, neighbour, new Planted(ownRows, townRows, "nextdoor", neighbour));
        var planted = new Planted(townRows, allRows, "faraway", foreign);
        await AssertHiddenAsync(probes, desks, OfTheTown.Concat(OfTheWorks), foreign, planted);
        AssertNone(planted.Changes(await server.RowsAsync()));

        await AssertProbesReachAsync(probes, chief, foreign, planted);
        foreach (var desk in desks.Values) desk.Dispose();
    }

    private static async Task<Dictionary<string, IReadOnlyList<Probes.Answer>>> LookAsync(Probes probes, Dictionary<string, HttpClient> desks, IEnumerable<string> posts)
    {
        var looks = new Dictionary<string, IReadOnlyList<Probes.Answer>>(StringComparer.Ordinal);
        foreach (var post in posts) looks[post] = await probes.LookAsync(desks[post]);
        return looks;
    }

    private static void AssertSame(Dictionary<string, IReadOnlyList<Probes.Answer>> before, Dictionary<string, IReadOnlyList<Probes.Answer>> after)
    {
        var differing = before.SelectMany(post => post.Value.Zip(after[post.Key]).Where(pair => pair.First != pair.Second && !GrowByLooking.Contains(pair.First.Route)).Select(pair => $"{post.Key} sees {pair.First.Address} change: {Difference(pair.First.Body, pair.Second.Body)}"));

        AssertNone(differing);
        Assert.All(before.Values, looks => Assert.Contains(looks, look => look.Status == HttpStatusCode.OK && look.Body.Contains("ownside", StringComparison.OrdinalIgnoreCase)));
    }

    // Told in full: which desk, which address, what betrayed it.
    private static void AssertNone(IEnumerable<string> found)
    {
        var lines = found.ToList();
        Assert.True(lines.Count == 0, $"{lines.Count}:\n{string.Join('\n', lines.Take(MostShown))}");
    }

    private static string Difference(string before, string after)
    {
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"…{before[Math.Max(0, at - 80)..Math.Min(before.Length, at + 80)]}… became …{after[Math.Max(0, at - 80)..Math.Min(after.Length, at + 80)]}…";
    }

    private static async Task AssertHiddenAsync(Probes probes, Dictionary<string, HttpClient> desks, IEnumerable<string> posts, PlantedWorld world, Planted planted)
    {
        await Task.WhenAll(posts.Select(async post =>
        {
            var answers = (await probes.SearchAsync(desks[post], world, planted.Keys)).Concat(await probes.ChangeAsync(desks[post], world, planted.Keys)).ToList();
            var leaks = answers.Select(answer => (answer, Mark: planted.Marks.FirstOrDefault(mark => answer.Body.Contains(mark, StringComparison.OrdinalIgnoreCase)))).Where(found => found.Mark is not null);

            AssertNone(leaks.Select(found => $"{post}: {found.answer.Route} {found.answer.Address} shows {found.Mark}"));
            AssertNone(answers.Where(answer => !answer.Route.StartsWith("GET", StringComparison.Ordinal) && (int)answer.Status < 300).Select(answer => $"{post} was let: {answer.Route} {answer.Address}"));
            Assert.DoesNotContain(answers, answer => (int)answer.Status >= 500);
        }));
    }

    // The same questions, asked by whoever may see everything, find what was planted: silence above was not the silence of wrong questions.
    private static async Task AssertProbesReachAsync(Probes probes, HttpClient chief, PlantedWorld foreign, Planted planted)
    {
        var found = await probes.SearchAsync(chief, foreign, planted.Keys);
        var unreached = found.GroupBy(answer => answer.Route).Where(route => !route.Any(answer => answer.Status is HttpStatusCode.OK or HttpStatusCode.Redirect)).Select(route => route.Key);
        var silent = found.Where(answer => answer.Route.Contains("api/v1", StringComparison.Ordinal)).GroupBy(answer => answer.Route).Where(route => !route.Any(answer => planted.Marks.Any(mark => answer.Body.Contains(mark, StringComparison.OrdinalIgnoreCase)))).Select(route => route.Key);
        var changed = await probes.ChangeAsync(chief, foreign, planted.Keys);
        var refused = changed.GroupBy(answer => answer.Route).Where(route => !WithoutWorld.Contains(route.Key) && !route.Any(answer => (int)answer.Status is < 300 or 409)).Select(route => $"{route.Key}: {string.Join(", ", route.Select(answer => (int)answer.Status).Distinct())} {route.First().Body}");

        AssertNone(unreached);
        AssertNone(silent.Except(WithoutMarks));
        AssertNone(refused);
    }

    /// <summary>What came with a world: its rows, and what would betray them.</summary>
    private sealed partial class Planted
    {
        private readonly Dictionary<Type, List<string>> _rows;

        public Planted(Rows before, Rows after, string name, PlantedWorld world)
        {
            _rows = after.ToDictionary(entity => entity.Key, entity => entity.Value.Select(Line).Except(before[entity.Key].Select(Line)).ToList());
            AssertNone(_rows.Where(entity => entity.Value.Count == 0 && entity.Key.Name is not ("Organ" or "SupervisionAssignment" or "Account" or "Invitation" or "Reset")).Select(entity => $"No {entity.Key.Name} was planted."));
            var known = before.Values.SelectMany(rows => rows).SelectMany(row => row.Values).SelectMany(text => Id().Matches(text).Select(id => id.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            Marks = [.. _rows.Values.SelectMany(lines => lines).SelectMany(line => Id().Matches(line).Select(id => id.Value)).Where(id => !known.Contains(id)).Distinct(StringComparer.OrdinalIgnoreCase), name, world.CreditCode, world.IdentityNumber];
            Keys = after.ToDictionary(entity => entity.Key.Name, entity => (IReadOnlyList<string>)[.. entity.Value.Where(row => _rows[entity.Key].Contains(Line(row))).Select(row => row.GetValueOrDefault("Id", "")).Where(id => id.Length > 0)]);
            Keys = new Dictionary<string, IReadOnlyList<string>>(Keys)
            {
                [Probes.Positions] = [.. after.Where(entity => entity.Key.Name is "RefusedStart" or "MachineEvent").SelectMany(entity => entity.Value.Where(row => _rows[entity.Key].Contains(Line(row)))).Select(row => row["Seq"]).Distinct()],
            };
        }

        /// <summary>Ids and words that only this world has.</summary>
        public IReadOnlyList<string> Marks { get; }

        /// <summary>Ids by entity.</summary>
        public IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; }

        /// <summary>Rows that are no longer as planted, and new ones that name them.</summary>
        public IEnumerable<string> Changes(Rows now)
        {
            foreach (var (entity, lines) in _rows)
            {
                var current = now[entity].Select(Line).ToHashSet(StringComparer.Ordinal);
                foreach (var gone in lines.Where(line => !current.Contains(line))) yield return $"{entity.Name} changed: {gone}";
                foreach (var added in current.Except(lines).Where(line => !IsRefusal(entity, line) && Marks.Any(mark => line.Contains(mark, StringComparison.OrdinalIgnoreCase)))) yield return $"{entity.Name} was added: {added}";
            }
        }

        // Whoever stands before a foreign machine and scans it is refused, and those who supervise the machine learn of it.
        private static bool IsRefusal(Type entity, string line) => entity.Name is "RefusedStart" || (entity.Name is "MachineEvent" && line.Contains("|Kind=refused|", StringComparison.Ordinal));

        private static string Line(IReadOnlyDictionary<string, string> row) => string.Join('|', row.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));

        [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
        private static partial Regex Id();
    }
}
