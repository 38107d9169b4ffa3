using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Tests.Platform.Toolkit.Access;

/// <summary>A character that PostgreSQL takes nowhere, in every address and body: refused as what it is, never a failure of the server.</summary>
public sealed class RubbishTests
{
    private static readonly string[] Named = ["search", "kind", "state", "division", "enterprise", "person", "machine", "organ", "code", "subject", "from", "to", "channel"];

    [Fact]
    public async Task A_character_that_no_table_takes_is_refused_in_addresses_and_bodies()
    {
        await using var server = await ScopedServer.StartAsync();
        using var chief = await server.SetUpAsync();
        var failed = new List<string>();
        var told = await chief.PostAsJsonAsync("/api/v1/views", new { list = "/enterprises", name = "a\0b", query = "search=a", isShared = false });
        Assert.Equal((HttpStatusCode.BadRequest, true), (told.StatusCode, (await told.Content.ReadAsStringAsync()).Contains("Name holds the character U+0000", StringComparison.Ordinal)));
        foreach (var route in server.Routes.Where(route => route.RoutePattern.Parameters.Count == 0 && route.RoutePattern.RawText is not ("/sign-out" or "/failed")))
        {
            var address = "/" + route.RoutePattern.RawText!.TrimStart('/');
            if (ScopedServer.MethodOf(route) == "GET")
            {
                foreach (var name in Named) await NoteAsync(failed, await chief.GetAsync($"{address}?{name}=a%00b"), $"{address}?{name}");
            }
            else
            {
                using var request = new HttpRequestMessage(new HttpMethod(ScopedServer.MethodOf(route)), address)
                {
                    Content = JsonContent.Create(new
                    {
                        name = "a\0b",
                        displayName = "a\0b",
                        nameZh = "a\0b",
                        nameEn = "a\0b",
                        note = "a\0b",
                        reason = "a\0b",
                        number = "a\0b",
                        code = "a\0b",
                        site = "a\0b",
                        model = "a\0b",
                        userName = "a\0b",
                        password = "a\0b",
                        list = "/enterprises",
                        query = "a\0b",
                        serial = "a\0b",
                        kind = "company",
                        division = "330521001",
                        creditCode = "91330501MA2B4KXH5T",
                    }),
                };
                await NoteAsync(failed, await chief.SendAsync(request), $"{request.Method} {address}");
            }
        }

        // A reader is told, and is not led to the site that the address names.
        foreach (var page in new[] { "/alarms?search=%00", "//elsewhere.example/alarms?search=%00", "/alarms%00" })
        {
            using var answer = await chief.GetAsync(new Uri($"{chief.BaseAddress!.GetLeftPart(UriPartial.Authority)}{page}"));
            Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    private static async Task NoteAsync(List<string> failed, HttpResponseMessage answer, string asked)
    {
        using (answer)
        {
            // An address says so itself; what a body lacks may be refused first.
            var isRight = asked[0] == '/' && asked.StartsWith("/api", StringComparison.Ordinal) ? answer.StatusCode == HttpStatusCode.BadRequest : answer.StatusCode < HttpStatusCode.InternalServerError;
            if (!isRight) failed.Add($"{asked}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
