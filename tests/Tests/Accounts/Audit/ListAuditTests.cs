using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Anlan.Contracts.Accounts;
using Anlan.Tests.Boundaries;

namespace Anlan.Tests.Accounts.Audit;

/// <summary>The audit trail as its administrator reads it.</summary>
public sealed partial class ListAuditTests
{
    [Fact]
    public async Task Only_the_audit_administrator_reads_it_and_changes_nothing()
    {
        await using var host = await AccountsHost.StartAsync();
        using var chief = await host.AdministratorAsync();
        using var system = await host.SystemAsync();
        using var officer = await host.StaffAsync(RoleNames.CityBureau, "officer");
        using var watcher = await host.StaffAsync(RoleNames.AuditAdministrator, "watcher");

        Assert.Equal(HttpStatusCode.OK, (await watcher.GetAsync("/api/v1/audit")).StatusCode);
        foreach (var desk in (HttpClient[])[chief, system, officer])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/api/v1/audit")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/api/v1/audit/export")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await watcher.PostAsJsonAsync("/api/v1/invitations", new { role = "welder" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await watcher.GetAsync("/api/v1/accounts")).StatusCode);
    }

    [Fact]
    public async Task It_is_found_by_who_what_subject_and_day_and_said_in_words()
    {
        await using var host = await AccountsHost.StartAsync();
        using var system = await host.SystemAsync();
        using var watcher = await host.StaffAsync(RoleNames.AuditAdministrator, "watcher");
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await AccountsHost.SignInAsync(system, "runs-it")).EnsureSuccessStatusCode();
        (await AccountsHost.SignInAsync(watcher, "watcher")).EnsureSuccessStatusCode();
        var organ = await AccountsHost.AnOrganAsync(system, "cityBureau", "Northport Bureau");

        var entered = Assert.Single(await RowsAsync(watcher, "what=登记机构"));
        Assert.Equal(("runs-it", "accounts.organ.entered", "登记机构", "机构 Northport Bureau"), (Text(entered, "by"), Text(entered, "action"), Text(entered, "done"), Text(entered, "thing")));
        Assert.Single(await RowsAsync(watcher, $"subject={organ}"));
        Assert.All(await RowsAsync(watcher, "who=RUNS"), row => Assert.Equal("runs-it", Text(row, "by")));
        Assert.Empty(await RowsAsync(watcher, "what=accounts.organ.entered&to=2040-03-05"));
        Assert.Single(await RowsAsync(watcher, "what=accounts.organ.entered&from=2040-03-06&to=2040-03-06"));
        Assert.Empty(await RowsAsync(watcher, "who=nobody-of-this-name"));
    }

    [Fact]
    public async Task It_pages_and_its_export_holds_what_was_filtered_and_is_itself_on_record()
    {
        await using var host = await AccountsHost.StartAsync();
        using var system = await host.SystemAsync();
        using var watcher = await host.StaffAsync(RoleNames.AuditAdministrator, "watcher");
        for (var number = 0; number < 5; number++) await AccountsHost.AnOrganAsync(system, "cityBureau", $"Bureau {number}");

        var second = await AccountsHost.JsonAsync(await watcher.GetAsync("/api/v1/audit?what=accounts.organ.entered&page=2&size=3"));
        var file = await (await watcher.GetAsync("/api/v1/audit/export?what=accounts.organ.entered")).Content.ReadAsStringAsync();

        Assert.Equal((5, 2), (second.GetProperty("total").GetInt32(), second.GetProperty("items").GetArrayLength()));
        Assert.Equal(6, file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Single(await RowsAsync(watcher, "what=accounts.audit.exported"));
    }

    [Fact]
    public async Task A_natural_person_appears_by_the_end_of_the_id_only()
    {
        await using var host = await AccountsHost.StartAsync();
        var person = host.Neighbours.ACertifiedWelder();
        await host.WelderAsync(person);
        using var watcher = await host.StaffAsync(RoleNames.AuditAdministrator, "watcher");

        var invited = (await RowsAsync(watcher, $"subject={person.Value}"))[0];

        Assert.Equal("人员 …" + person.Value.ToString()[^8..], Text(invited, "thing"));
    }

    [Fact]
    public void Every_action_that_the_sources_record_has_words()
    {
        var words = Repository.Files("src", ".resx").Where(path => Path.GetFileName(path) == "Words.resx")
            .SelectMany(path => XDocument.Parse(Repository.Read(path)).Root!.Elements("data").Select(entry => (string)entry.Attribute("name")!)).ToHashSet(StringComparer.Ordinal);
        var actions = Repository.Files("src", ".cs").SelectMany(path => Recorded().Matches(Repository.Read(path)).Select(found => found.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("accounts.disabled", actions);
        Assert.Contains("welding.machine.locked", actions);
        Assert.DoesNotContain(actions, action => !words.Contains("Action." + action));
    }

    [Fact]
    public void Every_permission_has_a_title_a_sentence_and_a_group()
    {
        foreach (var permission in Host.HostApplication.Modules.Permissions)
        {
            var words = new System.Resources.ResourceManager(permission.Words.FullName!, permission.Words.Assembly);
            foreach (var key in (string[])[$"Permission.{permission.Key}", $"Permission.{permission.Key}.Text", $"PermissionGroup.{permission.Group}"])
            {
                Assert.False(string.IsNullOrEmpty(words.GetString(key, System.Globalization.CultureInfo.GetCultureInfo("en"))), key);
            }
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> RowsAsync(HttpClient watcher, string query) => [.. (await AccountsHost.JsonAsync(await watcher.GetAsync("/api/v1/audit?size=100&" + query))).GetProperty("items").EnumerateArray()];

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    // Whatever looks like a recorded action: module, thing, past tense.
    [GeneratedRegex("""(?:Audit\((?:\w+(?:\.\w+)* \? )?|ChangeAsync\(code, request, |FailAsync\((?:\w+ \? )?|SaveAsync\(| : |^\s+)"((?:accounts|desk|enterprises|welding|devices|training|privacy|messages|operations|workingDays)\.[a-z-]+(?:\.[a-z-]+)*(?:ed|in|out|off|up|reset))(?=\x22)""", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Recorded();
}
