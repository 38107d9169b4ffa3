using System.Net;
using System.Text.Json.Nodes;
using Anlan.Simulator.Api;

namespace Anlan.Simulator.County;

/// <summary>The desks that enter a county: whichever of them may do a thing does it.</summary>
internal sealed class CountyOffice(IReadOnlyList<AnlanClient> desks)
{
    /// <summary>Sends as the first desk that is not forbidden to.</summary>
    public async Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken stop)
    {
        for (var desk = 0; ; desk++)
        {
            try
            {
                return await desks[desk].PostAsync(path, (JsonObject)body.DeepClone(), stop) ?? new JsonObject();
            }
            catch (ApiRefusedException refused) when (refused.Status == HttpStatusCode.Forbidden && desk + 1 < desks.Count)
            {
                continue;
            }
        }
    }

    public Task<JsonNode?> GetAsync(string path, CancellationToken stop) => desks[0].GetAsync(path, stop);
}
