using System.Net;
using System.Text.RegularExpressions;
using Anlan.Kernel.Paging;
using Anlan.Tests.Platform.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task A_list_that_is_too_long_for_a_file_is_refused_instead_of_cut_off_and_nobody_has_taken_it()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        await using var scope = server.Services.CreateAsyncScope();
        var file = scope.ServiceProvider.GetRequiredService<ListFile>();

        var refused = await file.OfAsync("numbers", "test.numbers.exported", _ => Task.FromResult(new Page<int>([.. Enumerable.Range(0, 200)], ListFile.Most + 1)), CancellationToken.None, ("Number", number => number));

        Assert.Equal(StatusCodes.Status409Conflict, Assert.IsType<ProblemHttpResult>(refused).StatusCode);
        Assert.DoesNotContain("test.numbers.exported", await chief.GetStringAsync(new Uri("/api/v1/audit/export", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/rules/changes?until=0001-01-01")]
    [InlineData("/api/v1/rules/changes/export?until=0001-01-01")]
    public async Task The_first_day_of_all_has_no_year_before_it(string address)
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();

        Assert.Equal(HttpStatusCode.OK, (await chief.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
    }

    private static bool IsList(RouteEndpoint route) =>
        route.Metadata.OfType<IProducesResponseTypeMetadata>().Any(produced => produced.Type is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Page<>));

    [GeneratedRegex(@"^\w+\.[\w.]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex KeyOfWord();
}
