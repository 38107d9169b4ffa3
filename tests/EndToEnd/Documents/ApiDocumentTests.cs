using System.Text.Json;
using Anlan.EndToEnd.Browsing;
using Anlan.EndToEnd.Running;

namespace Anlan.EndToEnd.Documents;

/// <summary>Whoever writes a client finds the operations described by the running server.</summary>
public sealed class ApiDocumentTests(Chromium chromium)
{
    [Fact]
    public async Task The_server_describes_its_operations_and_shows_them_in_a_browser()
    {
        await using var server = await RunningServer.StartAsync(demo: false);

        using var document = JsonDocument.Parse(await server.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        await using var reader = await chromium.VisitAsync(server.Url, Device.Desk, "en");

        Assert.NotEmpty(document.RootElement.GetProperty("paths").EnumerateObject());
        await reader.TravelAsync(nameof(The_server_describes_its_operations_and_shows_them_in_a_browser), server, async () =>
        {
            await reader.GoAsync("/reference");
            await reader.SeesAsync("/api/v1/sign-in");
            Assert.Empty(reader.TakeComplaints());
        });
    }
}
