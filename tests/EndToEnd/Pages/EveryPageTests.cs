using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Anlan.Benchmarks;
using Anlan.EndToEnd.Browsing;
using Anlan.EndToEnd.Running;

namespace Anlan.EndToEnd.Pages;

/// <summary>Everybody walks through every page they are led to: no barrier, no script error, no word left untranslated, nothing wider than the screen.</summary>
public sealed partial class EveryPageTests(Chromium chromium)
{
    // Pages to which no link of a signed-in person leads; each has a journey of its own or is shown by the server.
    private static readonly string[] WithoutLink = ["/accounts/slips/{id:guid}", "/claim", "/claim/certificate", "/failed", "/forbidden", "/invitations/{id:guid}/slip", "/not-found", "/phone/rules/{Id}", "/set-up/{token}", "/sign-in", "/sign-in/enrol", "/sign-in/factor", "/sign-out", "/w/{Code}"];

    // What shows the hand of a mouse and neither takes the focus itself nor lies in or around something that does.
    private const string OnlyForTheMouse = """
        () => [...document.querySelectorAll('body *')]
            .filter(what => getComputedStyle(what).cursor === 'pointer' && what.checkVisibility())
            .filter(what => !what.closest('a[href], button, input, select, textarea, summary, label, [tabindex]') && !what.querySelector('a[href], button, input, select, textarea'))
            .map(what => what.outerHTML.slice(0, 120))
        """;

    private readonly ConcurrentQueue<string> _found = [];

    [Fact]
    public async Task Every_page_is_without_barriers_errors_and_untranslated_words_on_desk_and_phone_in_both_languages()
    {
        await using var county = await DemoCounty.StartAsync(machines: 20);

        await HaveAStartRefusedAsync(county);
        await HaveASessionAsync(county);
        await HaveAReceiverAsync(county);
        await HaveACameraAsync(county);

        // Everybody's own first page, and every further page with the first who is led to it; then the same pages once more.
        var walked = new HashSet<string>(StringComparer.Ordinal);
        var phone = Task.CompletedTask;
        foreach (var (userName, password) in county.Everybody())
        {
            var own = await WalkAsync(county.Server, userName, password, walked);
            await phone;
            phone = VisitAsync(county.Server, userName, password, Device.Phone, "en", visitor => LookAtAllAsync(visitor, own, userName));
        }

        await phone;
        Assert.Empty(PageRoutes.All.Except(walked).Except(WithoutLink));
        Assert.True(_found.IsEmpty, string.Join('\n', _found));
    }

    private async Task VisitAsync(RunningServer server, string userName, string password, Device device, string language, Func<Visitor, Task> walk)
    {
        await using var visitor = await chromium.VisitAsync(server.Url, device, language);
        await visitor.TravelAsync($"{nameof(EveryPageTests)}.{userName}.{device}", server, async () =>
        {
            await visitor.EnterAsync(userName, password);
            await walk(visitor);
        });
    }

    /// <summary>Answers the pages that this one was the first to see.</summary>
    private async Task<IReadOnlyList<string>> WalkAsync(RunningServer server, string userName, string password, HashSet<string> walked)
    {
        var first = new List<string>();
        await VisitAsync(server, userName, password, Device.Desk, "zh-CN", async visitor =>
        {
            walked.Remove("/");
            var waiting = new Queue<string>(["/"]);
            var own = new HashSet<string>(StringComparer.Ordinal) { "/sign-out" };
            while (waiting.TryDequeue(out var address))
            {
                if (PageRoutes.Of(address) is not { } route || !own.Add(route)) continue;
                var isFirst = walked.Add(route);
                if (isFirst) first.Add(address);
                // What somebody else has looked at may lead this one further.
                foreach (var next in isFirst ? await WalkToAsync(visitor, address, $"{address} as {userName} on {Device.Desk}", "zh-CN") : route.Contains('{', StringComparison.Ordinal) ? [] : await visitor.LinksOfAsync(address)) waiting.Enqueue(next);
            }
        });
        return first;
    }

    private async Task LookAtAllAsync(Visitor visitor, IReadOnlyList<string> pages, string userName)
    {
        foreach (var address in pages) await WalkToAsync(visitor, address, $"{address} as {userName} on {Device.Phone}", "en");
    }

    private async Task<IEnumerable<string>> WalkToAsync(Visitor visitor, string address, string page, string language)
    {
        await visitor.GoAsync(address);
        await visitor.UntilQuietAsync();
        Assert.Equal(language, await visitor.Page.EvaluateAsync<string>("document.documentElement.lang"));
        await LookAsync(visitor, page);
        return await visitor.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href^=\"/\"]:not([download])')].map(link => link.getAttribute('href'))");
    }

    // So that there is a decision to look at.
    private async Task HaveAStartRefusedAsync(DemoCounty county)
    {
        var (userName, password, _, machine) = county.Welder("expired");
        await using var welder = await chromium.VisitAsync(county.Server.Url, Device.Phone);
        await welder.EnterAsync(userName, password);
        Assert.Equal(409, (await welder.AskAsync($"/api/v1/machines/{machine}/start", new { })).Status);
    }

    // So that there is a session to look at; the chips connect meanwhile.
    private async Task HaveASessionAsync(DemoCounty county)
    {
        var (userName, password, pin, machine) = county.Welder("licensed");
        await using var welder = await chromium.VisitAsync(county.Server.Url, Device.Phone);
        await welder.EnterAsync(userName, password);
        var proof = (await (await welder.AskAsync("/api/v1/me/proof", new { pin })).JsonAsync())!.Value.GetProperty("proof").GetString();
        var said = "";
        await Waiting.UntilAsync(
            async () =>
            {
                var answer = await welder.AskAsync($"/api/v1/machines/{machine}/start", new { proof, waitSeconds = 10 });
                said = await answer.TextAsync();
                return answer.Status == 200;
            },
            TimeSpan.FromSeconds(60), "a session to look at", pause: TimeSpan.FromMilliseconds(500), seen: () => said);
    }

    // So that there is a system that is told what happens.
    private async Task HaveAReceiverAsync(DemoCounty county)
    {
        var (userName, password) = county.Desk("system-administrator");
        await using var keeper = await chromium.VisitAsync(county.Server.Url, Device.Desk);
        await keeper.EnterAsync(userName, password);
        Assert.Equal(200, (await keeper.AskAsync("/api/v1/webhooks", new { name = "Shipyard", address = "https://shipyard.example/anlan", types = (string[])["anlan.welding.refused"] })).Status);
    }

    // So that there is a camera with a zone, and somebody in it.
    private async Task HaveACameraAsync(DemoCounty county)
    {
        var (userName, password) = county.Desk("county-bureau");
        await using var keeper = await chromium.VisitAsync(county.Server.Url, Device.Desk);
        await keeper.EnterAsync(userName, password);
        var spaces = await (await keeper.GetAsync("/api/v1/spaces?size=1")).JsonAsync();
        var space = spaces!.Value.GetProperty("items")[0].GetProperty("id").GetGuid();
        var camera = (await (await keeper.AskAsync("/api/v1/cameras", new { code = "CAM-WALK", name = "Walk", space, address = "rtsp://10.1.2.3/low" })).JsonAsync())!.Value.GetProperty("id").GetGuid();
        var corners = new[] { new { x = 0.1, y = 0.1 }, new { x = 0.9, y = 0.1 }, new { x = 0.5, y = 0.9 } };
        Assert.Equal(200, (await keeper.PutAsync("/api/v1/cameras/CAM-WALK/zones", new { seen = 0, zones = new[] { new { number = 1, name = "Pool", kind = "exclusion", corners } } })).Status);
        var entry = Guid.CreateVersion7();
        var delivered = await keeper.AskAsync("/api/v1/camera-work/events", new { worker = "walk", events = new[] { new { id = entry, camera, kind = "entered", at = TimeProvider.System.GetUtcNow(), zoneVersion = 1, zone = 1, entry, persons = 1, people = Array.Empty<object>() } } });
        Assert.Contains(entry.ToString(), await delivered.TextAsync(), StringComparison.Ordinal);
    }

    private async Task LookAsync(Visitor visitor, string page)
    {
        void Find(IEnumerable<string> found)
        {
            foreach (var what in found) _found.Enqueue(what);
        }

        Find(visitor.TakeComplaints().Select(complaint => $"{page} complains: {complaint}"));
        var wide = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (wide > 0) _found.Enqueue($"{page} is {wide} px wider than the screen");
        var text = await visitor.Page.Locator("body").InnerTextAsync();
        if (Untranslated().Match(text) is { Success: true } name) _found.Enqueue($"{page} shows a name instead of a word: {name.Value}");
        Find((await visitor.Page.EvaluateAsync<string[]>(OnlyForTheMouse)).Select(what => $"{page} has something only for the mouse: {what}"));
        Find((await visitor.SeriousBarriersAsync()).Select(barrier => $"{page}: {barrier}"));
    }

    // What a missing resource looks like: its own name, such as Live.Title.
    [GeneratedRegex(@"\b[A-Z][a-z]+[A-Za-z]*\.[A-Z][a-z]+[A-Za-z]*\b")]
    private static partial Regex Untranslated();
}
