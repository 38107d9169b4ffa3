using System.Net;
using System.Text.RegularExpressions;
using Anlan.Kernel.Paging;
using Anlan.Tests.Platform.Toolkit.Access;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Tests.Platform.Toolkit.Http;

/// <summary>Whatever is listed can be taken as a file.</summary>
public sealed partial class ListFileTests
{
    // The faulty rows of an import are a workbook of their own; attempts are part of a message, whose file counts them.
    private static readonly string[] WithoutFile = ["/api/v1/imports/{importRun:guid}/faults", "/api/v1/messages/attempts"];

    [Fact]
    public async Task Every_list_has_a_file_whose_titles_are_words_and_whose_taking_is_on_record()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var reading = server.Routes.Where(route => ScopedServer.MethodOf(route) == "GET" && !ScopedServer.IsPage(route)).Select(route => (Path: "/" + route.RoutePattern.RawText!.TrimStart('/'), Route: route)).ToList();
        var lists = reading.Where(found => IsList(found.Route) && !found.Path.StartsWith("/api/v1/me/", StringComparison.Ordinal)).Select(found => found.Path).ToList();
        var files = reading.Select(found => found.Path).Where(path => path.EndsWith("/export", StringComparison.Ordinal)).ToList();

        Assert.True(lists.Count > 20);
        Assert.All(lists.Except(WithoutFile), list => Assert.Contains(list + "/export", files));
        foreach (var path in files.Where(path => !path.Contains('{', StringComparison.Ordinal)))
        {
            using var answer = await chief.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode}");
            Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
            var titles = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split('\n')[0].Trim().Split(',');
            Assert.All(titles, title => Assert.False(title.Length == 0 || KeyOfWord().IsMatch(title), $"{path}: {title}"));
        }

        var taken = await chief.GetStringAsync(new Uri("/api/v1/audit/export", UriKind.Relative));
        Assert.All((string[])["accounts.delegations.exported", "imports.exported", "operations.backups.exported", "privacy.retention.exported", "welding.towns.exported"], action => Assert.Contains(action, taken, StringComparison.Ordinal));
    }

    private static bool IsList(RouteEndpoint route) =>
        route.Metadata.OfType<IProducesResponseTypeMetadata>().Any(produced => produced.Type is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Page<>));

    [GeneratedRegex(@"^\w+\.[\w.]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex KeyOfWord();
}
