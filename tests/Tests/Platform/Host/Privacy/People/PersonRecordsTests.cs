using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Host;
using Anlan.Tests.Platform.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Host.Privacy.People;

/// <summary>What all modules keep of one person, in the whole server.</summary>
public sealed class PersonRecordsTests
{
    [Fact]
    public async Task Every_module_tells_and_erases_what_it_keeps_and_the_log_stays_as_it_was()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var world = await PlantedWorld.PlantAsync(server, chief, "leaving", "330521001", hasOrgans: true);
        using var welder = await server.SignInAsync(world.UserName("welder"));
        await LeaveLongAgoAsync(server, world);
        var certificate = (await chief.GetFromJsonAsync<JsonElement>($"/api/v1/certificates?search={world.CertificateNumber}")).GetProperty("items")[0].GetProperty("id").GetGuid();
        (await chief.PostAsJsonAsync($"/api/v1/certificates/{certificate}/revoke", new { reason = "left the trade" })).EnsureSuccessStatusCode();
        // The world comes with an erasure that waits; this one is asked for anew.
        (await chief.DeleteAsync($"/api/v1/people/{world.Person}/erasure")).EnsureSuccessStatusCode();
        var seq = server.Services.GetRequiredService<HotLog>().LastSeq;

        using var archive = new ZipArchive(await (await chief.PostAsJsonAsync($"/api/v1/people/{world.Person}/file", new { reason = "own request" })).Content.ReadAsStreamAsync());
        var asked = (await (await chief.PostAsJsonAsync($"/api/v1/people/{world.Person}/erasure", new { reason = "own request", ground = "consentWithdrawn" })).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var receipt = await (await chief.PostAsJsonAsync($"/api/v1/people/{world.Person}/erasure/carry-out", new { erasure = asked })).Content.ReadFromJsonAsync<JsonElement>();

        string[] told = ["account", "access", "audit", "certificates", "employments", "formerNames", "messages", "person", "profiles", "refusedStarts", "sessions", "signIns"];
        Assert.Subset(archive.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal), told.Select(section => section + ".csv").ToHashSet(StringComparer.Ordinal));
        var lines = receipt.GetProperty("lines").EnumerateArray().ToDictionary(line => line.GetProperty("key").GetString()!, line => (line.GetProperty("count").GetInt32(), line.GetProperty("isErased").GetBoolean()));
        Assert.Equal(((1, true), (1, false), (2, false)), (lines["account"], lines["sessions"], lines["refusedStarts"]));
        var (messages, areGone) = lines["messages"];
        Assert.True(messages > 0 && areGone);
        Assert.Equal(HttpStatusCode.Unauthorized, (await welder.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(seq, server.Services.GetRequiredService<HotLog>().LastSeq);
        var rows = (await server.RowsAsync()).Where(entity => entity.Value.Any(row => row.Values.Any(value => value.Contains(world.Person.ToString(), StringComparison.Ordinal)))).Select(entity => entity.Key.Name);
        Assert.Equal(["Employment", "Erasure", "MachineEvent", "RefusedStart", "WeldSession"], rows.Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await chief.GetAsync($"/enterprises/{world.Enterprise}")).StatusCode);
    }

    [Fact]
    public async Task A_module_that_keeps_anything_of_people_says_so()
    {
        await using var server = await ScopedServer.StartAsync();
        var keeping = server.Entities.Where(entity => entity.GetProperties().Any(property => property.PropertyType == typeof(PersonId) || property.PropertyType == typeof(PersonId?))).Select(entity => entity.Assembly).Distinct();

        var silent = keeping.Where(assembly => !Array.Exists(assembly.GetTypes(), type => type.IsClass && type.IsAssignableTo(typeof(IPersonRecords)))).Select(assembly => assembly.GetName().Name);

        Assert.Empty(silent);
        await using var scope = server.Services.CreateAsyncScope();
        var registered = scope.ServiceProvider.GetServices<IPersonRecords>().Select(records => records.GetType());
        Assert.Empty(HostApplication.Modules.Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsClass && type.IsAssignableTo(typeof(IPersonRecords))).Except(registered));
    }

    private static async Task LeaveLongAgoAsync(ScopedServer server, PlantedWorld world)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var person = new PersonId(world.Person);
        foreach (var employment in await db.Set<Employment>().Where(e => e.Person == person).ToListAsync()) (employment.From, employment.To) = (new DateOnly(2015, 1, 5), new DateOnly(2016, 1, 5));
        await db.SaveAsync();
    }
}
