using System.Text.Json;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Log;

namespace Anlan.EndToEnd.Durability;

/// <summary>The hot log as a killed server left it, in the words of the <see cref="Ledger"/>; each reading goes on where the last one ended.</summary>
internal sealed class ReadLog(string file)
{
    private const int Batch = 5_000;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, DateTimeOffset> _leases = [];
    private long _seq;

    /// <summary>Entries read so far.</summary>
    public long Count => _seq;

    /// <summary>How often a line is in the log.</summary>
    public int CountOf(string line) => _lines.GetValueOrDefault(line);

    /// <summary>Latest end of the leases granted to a session, or null when none was ever granted.</summary>
    public DateTimeOffset? LeaseOf(Guid session) => _leases.TryGetValue(session, out var until) ? until : null;

    /// <summary>Reads what was added; the server must not be running.</summary>
    public void GoOn()
    {
        using var store = new SqliteLogStore(file);
        while (store.Read(_seq, Batch) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                Assert.Equal(_seq + 1, entry.Seq);
                _seq = entry.Seq;
                Take(entry);
            }
        }
    }

    private void Take(LogEntry entry)
    {
        using var document = JsonDocument.Parse(entry.Body);
        var body = document.RootElement;
        switch (entry.Kind)
        {
            case "welding.decision" when body.TryGetProperty("grant", out var grant):
                Add(Ledger.Grant(body.GetProperty("decision").GetGuid(), grant.GetProperty("session").GetGuid()));
                Lease(grant);
                break;
            case "welding.renewal":
                Lease(body.GetProperty("grant"));
                break;
            case "welding.revocation":
                Add(Ledger.Stop(body.GetProperty("session").GetGuid()));
                break;
            case "chip.hello" or "chip.state" or "chip.ack" or "chip.telemetry" or "chip.event":
                Add(Ledger.Uplink(body.GetProperty("serial").GetString()!, body.GetProperty("boot").GetInt64(), body.GetProperty("seq").GetInt64()));
                if (body.TryGetProperty("powers", out var powered)) Add(Ledger.Power(powered.GetGuid()));
                break;
        }
    }

    private void Lease(JsonElement grant)
    {
        var (session, until) = (grant.GetProperty("session").GetGuid(), grant.GetProperty("leaseUntil").GetDateTimeOffset());
        if (LeaseOf(session) is not { } known || known < until) _leases[session] = until;
    }

    private void Add(string line) => _lines[line] = CountOf(line) + 1;
}
