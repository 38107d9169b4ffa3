using System.Text.Json;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Log;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Log;
using Anlan.Welding.Machines;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Evidence;

/// <summary>An entry of the log about a machine, as it was written.</summary>
/// <param name="Entry">What it says.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Body">Its body.</param>
/// <param name="Machine">The machine.</param>
internal sealed record FoundDecision(LogEntry Entry, byte[] Bytes, JsonElement Body, MachineId Machine);

/// <summary>
/// Finds the entry of a decision. Whoever may see its machine now, or was shown the refused start or the session, may see it; for all others it is unknown.
/// </summary>
internal sealed class ReadDecision(WeldingDb db, HotLog log, MachineIndex machines, CurrentScope scope)
{
    public async Task<Outcome<FoundDecision>> RunAsync(long position, CancellationToken stop)
    {
        var unknown = new Refusal("DecisionUnknown") { Measured = FactValue.Count(position) };
        if (position < 1 || log.Store.ReadBytes(position) is not { } bytes) return unknown;
        var entry = LogEntry.Decode(position, bytes);
        using var read = JsonDocument.Parse(entry.Body);
        var body = read.RootElement.Clone();
        if (IdIn(body, "machine") is not { } machine) return unknown;
        return await IsWithinAsync(new MachineId(machine), position, body, stop) ? new FoundDecision(entry, bytes, body, new MachineId(machine)) : unknown;
    }

    /// <summary>An id in a body, or null.</summary>
    public static Guid? IdIn(JsonElement body, string name) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id : null;

    // A machine may have gone to another enterprise since: what happened under the one before stays visible to those who were shown it.
    private async Task<bool> IsWithinAsync(MachineId machine, long position, JsonElement body, CancellationToken stop)
    {
        if (machines.Find(machine)?.Anchor.IsWithin(scope.Now) == true) return true;
        if (await db.RefusedStarts.AsNoTracking().Within(scope.Now).AnyAsync(r => r.Seq == position, stop)) return true;
        var session = IdIn(body, "session") ?? (body.TryGetProperty("grant", out var grant) ? IdIn(grant, "session") : null);
        return session is { } id && await db.Sessions.AsNoTracking().Within(scope.Now).AnyAsync(s => s.Id == new SessionId(id), stop);
    }
}
