using System.Text.Json;
using Anlan.Kernel.Log;
using Anlan.Simulator.Chips;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;
using Anlan.Welding.Chips;

namespace Anlan.EndToEnd.Durability;

/// <summary>The hot log and the telemetry as a killed server left them, in the words of the <see cref="Ledger"/>; each reading goes on where the last one ended.</summary>
/// <param name="entries">Entries of the log after a position, at most so many.</param>
/// <param name="measurements">The same of the telemetry.</param>
internal sealed class ReadLog(Func<long, int, IReadOnlyList<LogEntry>> entries, Func<long, int, IReadOnlyList<(long Seq, byte[] Entry)>> measurements)
{
    private const int Batch = 5_000;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, DateTimeOffset> _leases = [];
    private long _seq;
    private long _measured;

    /// <summary>Entries read so far.</summary>
    public long Count => _seq;

    /// <summary>How often a line is in the log.</summary>
    public int CountOf(string line) => _lines.GetValueOrDefault(line);

    /// <summary>Latest end of the leases granted to a session, or null when none was ever granted.</summary>
    public DateTimeOffset? LeaseOf(Guid session) => _leases.TryGetValue(session, out var until) ? until : null;

    /// <summary>The files of a server that is not running.</summary>
    public static ReadLog OfFiles(string folder) => new(
        (after, most) =>
        {
            using var store = new SqliteLogStore(Path.Combine(folder, "hot.db"));
            return store.Read(after, most);
        },
        (after, most) =>
        {
            using var store = new SqliteTelemetryStore(Path.Combine(folder, "telemetry.db"));
            return store.Read(after, most);
        });

    /// <summary>Reads what was added.</summary>
    public void GoOn()
    {
        while (entries(_seq, Batch) is { Count: > 0 } more)
        {
            foreach (var entry in more)
            {
                Assert.Equal(_seq + 1, entry.Seq);
                _seq = entry.Seq;
                Take(entry);
            }
        }

        while (measurements(_measured, Batch) is { Count: > 0 } measured)
        {
            foreach (var (seq, entry) in measured)
            {
                Assert.Equal(_measured + 1, seq);
                _measured = seq;
                var body = (TelemetryBody)ChipLog.Telemetry.Decode(LogEntry.Decode(seq, entry).Body.Span);
                Add(Ledger.Uplink(body.Serial, body.Boot, body.Seq));
            }
        }
    }

    /// <summary>Fails when something that was told is not in the log exactly once.</summary>
    public void AssertTold(IEnumerable<string> lines, string when)
    {
        var wrong = lines.Select(line => (line, count: CountOf(line))).Where(told => told.count != 1).Take(5).Select(told => $"{told.line}: {told.count} times").ToList();
        Assert.True(wrong.Count == 0, $"{when}: {string.Join(", ", wrong)}");
    }

    /// <summary>Fails when a chip has power that no decision gave it, or longer than its lease.</summary>
    public void AssertPowerIsDecided(IEnumerable<SimulatedChip> chips, string when)
    {
        // First the chips, then the log: what gave them power is in it by now.
        var seen = chips.Select(chip => (chip, chip.Ask((logic, now) => (logic.Session, logic.IsClockTrusted(now))))).ToList();
        GoOn();
        foreach (var (chip, (session, clock)) in seen)
        {
            if (session is not { } powered) continue;
            Assert.True(clock, $"{when}: {chip.Serial} has power without a clock.");
            Assert.True(LeaseOf(powered) > TimeProvider.System.GetUtcNow(), $"{when}: {chip.Serial} has power for {powered}, lease {LeaseOf(powered)}.");
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
            case "chip.hello" or "chip.state" or "chip.ack" or "chip.event":
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
