using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anlan.Samples.Client;
using Anlan.Tests.Boundaries;
using Anlan.Tests.Platform.Toolkit.Access;

namespace Anlan.Tests.Platform.Host;

/// <summary>Whoever writes a program beside Anlan begins with the document of its API: it is the one that the server answers with, and a client made of nothing else works.</summary>
public sealed class ClientSampleTests
{
    [Fact]
    public async Task The_kept_document_is_what_the_server_says_and_a_client_made_of_it_lists_what_its_key_may_see()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var world = await PlantedWorld.PlantAsync(server, chief, "shipyard", "330521001", hasOrgans: true);

        var said = JsonNode.Parse(await chief.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject();
        // Where this server happens to listen.
        said.Remove("servers");
        var fresh = Path.Combine(Repository.Root, "artifacts", "openapi.json");
        await File.WriteAllTextAsync(fresh, said.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
        Assert.True(JsonNode.DeepEquals(said, JsonNode.Parse(Repository.Read("docs/openapi.json"))), "docs/openapi.json is no longer what the server says. Look at the difference to artifacts/openapi.json, and copy that over it.");

        using var safety = await server.SignInAsync(world.UserName("safety"));
        var made = await safety.PostAsJsonAsync("/api/v1/me/keys", new { name = "figures", permissions = (string[])["welding.view"], lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(30) });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
        var (lines, errors) = (new StringWriter(), new StringWriter());
        Assert.Equal((0, ""), (await MachineReport.WriteAsync(chief.BaseAddress!, key, lines, errors), errors.ToString()));
        var own = (await safety.GetFromJsonAsync<JsonElement>("/api/v1/machines?size=100")).GetProperty("items").EnumerateArray().ToList();
        Assert.NotEmpty(own);
        Assert.All(own, machine => Assert.Contains($"{machine.GetProperty("code").GetString()}\t{machine.GetProperty("state").GetString()}\n", lines.ToString(), StringComparison.OrdinalIgnoreCase));

        Assert.Equal(1, await MachineReport.WriteAsync(chief.BaseAddress!, key[..^1] + "_", lines, errors));
        Assert.Contains("401", errors.ToString(), StringComparison.Ordinal);
    }
}
