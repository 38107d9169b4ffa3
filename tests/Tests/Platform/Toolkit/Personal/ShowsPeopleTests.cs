using System.Globalization;
using System.Reflection;
using Anlan.Host;
using Anlan.Tests.Platform.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Personal;

/// <summary>Whatever shows somebody's name or number declares it, and the look is on record: found by looking for the person in every answer.</summary>
public sealed class ShowsPeopleTests
{
    [Fact]
    public async Task Every_route_and_page_that_shows_a_person_declares_it_and_puts_the_look_on_record()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var world = await PlantedWorld.PlantAsync(server, chief, "plainly", "330521001", hasOrgans: true);
        var rows = await server.RowsAsync();
        var keys = rows.ToDictionary(entity => entity.Key.Name, entity => (IReadOnlyList<string>)[.. entity.Value.Select(row => row.GetValueOrDefault("Id", "")).Where(id => id.Length > 0)]);
        keys[Probes.Positions] = [.. rows.Where(entity => entity.Key.Name == "RefusedStart").SelectMany(entity => entity.Value).Select(row => row["Seq"])];
        string[] marks = ["p************r", world.IdentityNumber[..6] + "********" + world.IdentityNumber[^4..], "139****0000"];

        var answers = await new Probes(server).SearchAsync(chief, world, keys);

        var showing = answers.Where(answer => marks.Any(mark => answer.Body.Contains(mark, StringComparison.Ordinal))).Select(answer => answer.Route).Distinct().ToHashSet(StringComparer.Ordinal);
        var declared = server.Routes.Where(IsDeclared).Select(route => $"{ScopedServer.MethodOf(route)} {route.RoutePattern.RawText}").ToHashSet(StringComparer.Ordinal);
        Assert.Empty(showing.Except(declared));
        Assert.Contains("GET /api/v1/people", showing);
        Assert.Contains("GET /people/{Id:guid}", showing);

        var views = await ViewsAsync(server, world.Person);
        Assert.Empty(Views().Where(view => !view.Key.EndsWith(".revealed", StringComparison.Ordinal) && view.Key is not ("accounts.holder" or "training.holder" or "spaces.choice" or "welding.board" or "welding.owner" or "privacy.access" or "privacy.person.file" or "privacy.holds" or "desk.tasks" or "messages.attempts")).Select(view => view.Key).Except(views));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_view_has_a_name_for_the_access_log(string language)
    {
        var words = new System.Resources.ResourceManager("Anlan.Host.Words", typeof(HostApplication).Assembly);

        Assert.All(Views(), view => Assert.False(string.IsNullOrEmpty(words.GetString("View." + view.Key, CultureInfo.GetCultureInfo(language))), view.Key));
        Assert.Equal(Views().Count, Views().Select(view => view.Key).Distinct().Count());
    }

    private static IReadOnlyList<PersonalView> Views() =>
        [.. HostApplication.Modules.Assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(PersonalView)).Select(field => (PersonalView)field.GetValue(null)!)];

    private static bool IsDeclared(Microsoft.AspNetCore.Routing.RouteEndpoint route) =>
        route.Metadata.GetMetadata<ShowsPeopleAttribute>() is not null || route.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.IsDefined(typeof(ShowsPeopleAttribute), true) == true;

    private static async Task<HashSet<string>> ViewsAsync(ScopedServer server, Guid person)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var seen = db.Set<AccessedPerson>().Where(p => p.Person == person).Select(p => p.Access);
        return [.. await db.Set<AccessRecord>().Where(a => seen.Contains(a.Id)).Select(a => a.View).Distinct().ToListAsync()];
    }
}
