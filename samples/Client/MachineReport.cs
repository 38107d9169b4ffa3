using Anlan.Samples.Client.Api;
using Anlan.Samples.Client.Api.Models;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Http.HttpClientLibrary;

namespace Anlan.Samples.Client;

/// <summary>Every welding machine that the key's account may see, with its state at this moment, and how many there are in each state.</summary>
public static class MachineReport
{
    private const int PageSize = 100;

    /// <summary>Writes the report.</summary>
    /// <param name="server">Where Anlan answers.</param>
    /// <param name="key">An API key with the permission to see machines.</param>
    /// <param name="output">Takes one line for a machine, code and state apart by a tab, then one for each state.</param>
    /// <param name="errors">Takes what went wrong.</param>
    /// <returns>0 when it is complete, 1 when the server refused.</returns>
    public static async Task<int> WriteAsync(Uri server, string key, TextWriter output, TextWriter errors)
    {
        using var adapter = new HttpClientRequestAdapter(new BearerKey(key)) { BaseUrl = server.AbsoluteUri };
        var anlan = new AnlanApi(adapter);
        var states = new SortedDictionary<string, int>(StringComparer.Ordinal);
        try
        {
            for (var number = 1; ; number++)
            {
                var page = await anlan.Api.V1.Machines.GetAsync(request => (request.QueryParameters.Page, request.QueryParameters.Size) = (number, PageSize));
                foreach (var machine in page?.Items ?? [])
                {
                    var state = $"{machine.State}";
                    states[state] = states.GetValueOrDefault(state) + 1;
                    await output.WriteLineAsync($"{machine.Code}\t{state}");
                }

                if (page?.Items is not { Count: PageSize }) break;
            }
        }
        catch (ApiException refused)
        {
            await errors.WriteLineAsync($"The server answered {refused.ResponseStatusCode}: " + (refused.ResponseStatusCode is 401 or 403 ? "the key is not taken, or does not carry this." : refused.Message));
            return 1;
        }

        foreach (var (state, count) in states) await output.WriteLineAsync($"{count} {state}");
        return 0;
    }
}
