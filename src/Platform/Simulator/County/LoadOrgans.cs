using System.Globalization;
using System.Text.Json.Nodes;
using Anlan.Simulator.Api;
using Anlan.Simulator.Rosters;

namespace Anlan.Simulator.County;

/// <summary>Enters organs and what they supervise as the system administrator; the security administrator invites their demo staff.</summary>
/// <param name="system">The system administrator.</param>
/// <param name="security">The security administrator.</param>
/// <param name="staff">Invites and claims.</param>
/// <param name="words">Invented words.</param>
internal sealed class LoadOrgans(AnlanClient system, AnlanClient security, StaffDesk staff, InventedWords words)
{
    /// <summary>Enters them; answers the demo accounts in the order of the file.</summary>
    public async Task<IReadOnlyList<DeskEntry>> RunAsync(CityOrgans city, CancellationToken stop)
    {
        var (ids, desks) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<DeskEntry>());
        foreach (var organ in city.Organs)
        {
            var entered = await system.PostAsync("organs", new JsonObject
            {
                ["kind"] = organ.Kind,
                ["nameZh"] = organ.NameZh,
                ["nameEn"] = organ.NameEn,
                ["parent"] = organ.Parent is null ? null : ids[organ.Parent],
                ["seat"] = organ.Seat,
            }, stop);
            ids[organ.Key] = (string)entered!["id"]!;
            foreach (var division in organ.Supervises)
            {
                await system.PostAsync($"organs/{ids[organ.Key]}/assignments", new JsonObject { ["division"] = division, ["from"] = city.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["basis"] = city.Basis }, stop);
            }

            if (organ.SignIn is { } userName) desks.Add(await staff.InviteAsync(security, organ.Role, words.Bureau, userName, ("organ", ids[organ.Key]), organ.NameZh, stop));
        }

        return desks;
    }
}
