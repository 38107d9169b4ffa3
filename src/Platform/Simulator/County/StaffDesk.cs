using System.Text.Json.Nodes;
using Anlan.Simulator.Api;
using Anlan.Simulator.Rosters;

namespace Anlan.Simulator.County;

/// <summary>Invites staff and claims their accounts at once.</summary>
internal sealed class StaffDesk(AnlanClient visitor)
{
    /// <param name="desk">Who invites.</param>
    /// <param name="role">Role.</param>
    /// <param name="name">Name on screens.</param>
    /// <param name="userName">For sign-in.</param>
    /// <param name="belongsTo">Field and id of the organ or enterprise; null for administrators of the installation.</param>
    /// <param name="post">Name of that organ or enterprise, for the printed sign-ins.</param>
    /// <param name="stop">Stops.</param>
    public async Task<DeskEntry> InviteAsync(AnlanClient desk, string role, string name, string userName, (string Field, string Id)? belongsTo, string? post, CancellationToken stop)
    {
        var asked = new JsonObject { ["role"] = role, ["displayName"] = name };
        if (belongsTo is var (field, id)) asked[field] = id;
        var invitation = await desk.PostAsync("invitations", asked, stop);
        var entry = new DeskEntry(role, name, userName, Secrets.Password(), post);
        await visitor.PostAsync("claims", new JsonObject
        {
            ["invitation"] = (string?)invitation?["id"],
            ["code"] = (string?)invitation?["code"],
            ["userName"] = entry.UserName,
            ["password"] = entry.Password,
        }, stop);
        return entry;
    }
}
