using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Anlan.Host;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Log;
using Anlan.Tests.Boundaries;
using Anlan.Tests.Welding.Machines;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Evidence;

public sealed class ShowDecisionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_decision_is_shown_with_its_entry_and_a_proof_without_waiting_for_the_next_head()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise("works");
        await host.AMachineAsync(works);
        await host.RefuseAsync("WJ-0001", works, 5);
        await host.SignAsync();
        var position = await host.RefuseAsync("WJ-0001", works);

        var shown = await host.Bureau.GetFromJsonAsync<JsonElement>($"decisions/{position}", Stop);

        Assert.Equal(("welding.decision", "refused", "WJ-0001", "works"), (shown.GetProperty("kind").GetString(), shown.GetProperty("verdict").GetString(), shown.GetProperty("machine").GetString(), shown.GetProperty("enterpriseName").GetString()));
        Assert.Equal("OutsideFence", shown.GetProperty("refusals")[0].GetProperty("code").GetString());
        Assert.Equal("612", shown.GetProperty("refusals")[0].GetProperty("measured").GetProperty("value").GetString());
        Assert.Equal(shown.GetProperty("leaf").GetString(), Convert.ToHexStringLower(LogEntry.LeafHash(shown.GetProperty("bytes").GetBytesFromBase64())));
        Assert.Equal((6, 5), (shown.GetProperty("proof").GetProperty("last").GetProperty("size").GetInt64(), shown.GetProperty("proof").GetProperty("previous").GetProperty("size").GetInt64()));
    }

    [Fact]
    public async Task It_is_seen_by_whoever_sees_the_machine_or_was_shown_the_refusal_and_is_unknown_to_all_others()
    {
        await using var host = await MachinesHost.StartAsync();
        var (now, before, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        await host.AMachineAsync(now);
        var position = await host.RefuseAsync("WJ-0001", before);
        await host.ProjectAsync(new RefusedStart
        {
            Id = Guid.CreateVersion7(),
            Seq = position,
            Machine = host.Services.GetRequiredService<MachineIndex>().FindByCode("WJ-0001")!.Id,
            Enterprise = before,
            Division = new DivisionCode("990521001"),
            At = host.Clock.GetUtcNow(),
            Code = "OutsideFence",
            Refusals = "[]",
        });

        foreach (var address in (string[])[$"decisions/{position}", $"decisions/{position}/evidence"])
        {
            Assert.Equal(HttpStatusCode.OK, (await host.As("safety-manager", now).GetAsync(address, Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await host.As("safety-manager", before).GetAsync(address, Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await host.As("safety-manager", other).GetAsync(address, Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await host.As("welder").GetAsync(address, Stop)).StatusCode);
        }

        foreach (var nowhere in (long[])[0, -1, position + 1]) Assert.Equal(HttpStatusCode.NotFound, (await host.Bureau.GetAsync($"decisions/{nowhere}", Stop)).StatusCode);
    }

    [Fact]
    public async Task Entries_about_no_machine_are_nobodys_to_see_here()
    {
        await using var host = await MachinesHost.StartAsync();
        await host.AMachineAsync(host.Neighbours.AnEnterprise(), chip: "SIM-0001");
        await host.OpenSessionAsync("WJ-0001");

        Assert.Equal(HttpStatusCode.NotFound, (await host.Bureau.GetAsync("decisions/1", Stop)).StatusCode);
    }

    [Fact]
    public async Task The_exported_file_is_checked_by_anlan_and_by_the_documented_recipe_and_both_notice_every_change()
    {
        await using var host = await MachinesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        await host.AMachineAsync(works);
        await host.RefuseAsync("WJ-0001", works, 7);
        await host.SignAsync();
        await host.RefuseAsync("WJ-0001", works, 6);
        await host.SignAsync();
        var folder = Directory.CreateTempSubdirectory("anlan-recipe-").FullName;
        try
        {
            var recipe = Path.Combine(folder, "check.sh");
            await File.WriteAllTextAsync(recipe, Regex.Match(Repository.Read("docs/protocols/evidence.md"), "```bash\n(.*?)```", RegexOptions.Singleline).Groups[1].Value, Stop);
            var text = "";
            foreach (var position in (int[])[1, 8, 13])
            {
                text = await host.Bureau.GetStringAsync($"decisions/{position}/evidence", Stop);
                Assert.Equal((0, 0), await CheckAsync(folder, recipe, text));
            }

            Assert.Equal("welding.evidence.exported", (await host.AuditAsync())[^1].Action);
            foreach (var word in (string[])["position", "entry", "inclusion", "head", "head-signature", "head-key", "previous", "previous-signature", "consistency"])
            {
                Assert.Equal((1, 1), await CheckAsync(folder, recipe, Changed(text, word)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Anlan's verdict and the recipe's: 0 for right, 1 for wrong.
    private static async Task<(int Anlan, int Recipe)> CheckAsync(string folder, string recipe, string text)
    {
        var file = Path.Combine(folder, "evidence.txt");
        await File.WriteAllTextAsync(file, text, Stop);
        using var process = Process.Start(new ProcessStartInfo("bash", [recipe, file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        return (await Verify.RunAsync(["--File=" + file], TextWriter.Null, Stop), Math.Min(process.ExitCode, 1));
    }

    // Another digit in the middle of the first value of this name.
    private static string Changed(string text, string word) => new Regex($"^{word} (.*)$", RegexOptions.Multiline).Replace(text, found =>
    {
        var value = found.Groups[1].Value.ToCharArray();
        var middle = value.Length / 2;
        value[middle] = value[middle] == '1' ? '2' : '1';
        return word + " " + new string(value);
    }, 1);
}
