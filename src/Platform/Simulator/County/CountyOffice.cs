using System.Text.Json.Nodes;
using Anlan.Simulator.Api;

namespace Anlan.Simulator.County;

/// <summary>The desk that enters a county: the bureau that supervises the whole city.</summary>
internal sealed class CountyOffice(AnlanClient desk)
{
    /// <summary>Sends; what has no answer of its own answers with nothing.</summary>
    public async Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken stop) => await desk.PostAsync(path, body, stop) ?? new JsonObject();

    public Task<JsonNode?> GetAsync(string path, CancellationToken stop) => desk.GetAsync(path, stop);
}
