using System.Text;
using Anlan.Simulator.Api;

namespace Anlan.Simulator.County;

/// <summary>Imports files as an office does: uploads, waits for the check, lets all of it be written.</summary>
internal sealed class ImportDesk(AnlanClient desk)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="InvalidDataException">The file was not imported as a whole.</exception>
    public async Task RunAsync(string kind, string text, CancellationToken stop)
    {
        var uploaded = await desk.PostFileAsync($"imports/forms/{kind}?name={kind}.csv", Encoding.UTF8.GetBytes(text), stop);
        var id = (string)uploaded!["id"]!;
        await UntilAsync(id, "checked", stop);
        await desk.PostAsync($"imports/{id}/apply", new() { ["goodRowsOnly"] = false }, stop);
        await UntilAsync(id, "applied", stop);
    }

    private async Task UntilAsync(string id, string state, CancellationToken stop)
    {
        while (true)
        {
            var shown = await desk.GetAsync($"imports/{id}", stop);
            if ((bool?)shown!["isRunning"] == true)
            {
                await Task.Delay(Pause, stop);
                continue;
            }

            var found = (string?)shown["import"]!["state"];
            var refused = (int?)shown["import"]!["refused"] ?? 0;
            if (found != state || refused > 0) throw new InvalidDataException($"Import {id}: {found}, {refused} rows refused: {(await desk.GetAsync($"imports/{id}/faults?size=3", stop))?.ToJsonString()}");
            return;
        }
    }
}
