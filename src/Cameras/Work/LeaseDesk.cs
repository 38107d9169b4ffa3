using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Kernel.Scopes;
using Anlan.Kernel.Time;
using Microsoft.Extensions.Options;

namespace Anlan.Cameras.Work;

/// <summary>How a camera does, as its worker says.</summary>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Report">What it said.</param>
/// <param name="HeardAt">When.</param>
internal sealed record CameraStatus(string Worker, CameraReport Report, DateTimeOffset HeardAt);

/// <summary>A worker that asks.</summary>
/// <param name="Account">The account of its key.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Cores">Processors of its machine.</param>
/// <param name="Scope">The cameras that it may hold.</param>
internal sealed record AskingWorker(Guid Account, string Name, int Cores, Scope Scope)
{
    public string Key => $"{Account:N}/{Name}";

    /// <summary>True for one at a plant: it is nearer to the plant's cameras than any that runs beside the server.</summary>
    public bool IsAtPlant => Scope.Enterprise is not null;
}

/// <summary>
/// Who looks through which camera. Each asks every two seconds and keeps what it holds; what nobody holds any more goes to whoever asks next and has less than its share. A worker at a plant comes before
/// one beside the server, and hands a camera on only to a worker that has two fewer.
/// </summary>
internal sealed class LeaseDesk(CameraIndex cameras, IOptions<CamerasOptions> options, CityCalendar calendar)
{
    private static readonly TimeSpan ToBeTaken = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly Dictionary<CameraId, (string Worker, DateTimeOffset Until)> _leases = [];
    private readonly Dictionary<string, (AskingWorker Worker, DateTimeOffset Until)> _workers = new(StringComparer.Ordinal);
    private readonly Dictionary<CameraId, CameraStatus> _status = [];
    private readonly Dictionary<CameraId, DateTimeOffset> _freeSince = [];

    /// <summary>For so long a lease lasts.</summary>
    public TimeSpan Length => options.Value.Lease;

    /// <summary>What was held when the server went down: for one lease its holders may come back to it.</summary>
    public void Restore(IEnumerable<CameraLease> leases, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var lease in leases) _leases[lease.Camera] = (lease.Worker, now + Length);
        }
    }

    /// <summary>Takes what a worker reports and answers what it holds from now on.</summary>
    public IReadOnlyList<CameraFacts> Ask(AskingWorker asking, IReadOnlyList<CameraReport> reports, bool isLeaving, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var (key, known) in _workers.ToList())
            {
                if (known.Until <= now) _workers.Remove(key);
            }

            var mine = _leases.Where(lease => lease.Value.Worker == asking.Key).Select(lease => lease.Key).ToHashSet();
            foreach (var report in reports)
            {
                if (mine.Contains(new CameraId(report.Camera))) _status[new CameraId(report.Camera)] = new CameraStatus(asking.Name, report, now);
            }

            if (isLeaving)
            {
                _workers.Remove(asking.Key);
                foreach (var camera in mine) _leases.Remove(camera);
                return [];
            }

            _workers[asking.Key] = (asking, now + Length);
            var eligible = cameras.Within(asking.Scope).Where(camera => IsDue(camera, now) && IsFor(camera, asking)).OrderBy(camera => camera.Code, StringComparer.Ordinal).ToList();
            foreach (var camera in mine.Where(camera => !eligible.Exists(one => one.Id == camera))) _leases.Remove(camera);
            var held = eligible.Where(camera => mine.Contains(camera.Id)).ToList();
            GiveAway(held, asking);
            Take(held, eligible, asking, now);
            foreach (var camera in held) _leases[camera.Id] = (asking.Key, now + Length);
            return held;
        }
    }

    /// <summary>The worker that holds a camera now, by its key, or null.</summary>
    public string? HolderOf(CameraId camera, DateTimeOffset now)
    {
        lock (_gate) return _leases.TryGetValue(camera, out var lease) && lease.Until > now ? lease.Worker : null;
    }

    /// <summary>What was said of a camera last, or null.</summary>
    public CameraStatus? StatusOf(CameraId camera)
    {
        lock (_gate) return _status.GetValueOrDefault(camera);
    }

    /// <summary>Active cameras that nobody has held for a while although somebody should; whoever asks next takes those that became free a moment ago.</summary>
    public IReadOnlyList<CameraFacts> Unwatched(DateTimeOffset now)
    {
        lock (_gate)
        {
            var free = cameras.All.Where(camera => IsDue(camera, now) && !(_leases.TryGetValue(camera.Id, out var lease) && lease.Until > now)).ToDictionary(camera => camera.Id);
            foreach (var taken in _freeSince.Keys.Where(camera => !free.ContainsKey(camera)).ToList()) _freeSince.Remove(taken);
            foreach (var camera in free.Keys) _freeSince.TryAdd(camera, now);
            return [.. free.Values.Where(camera => now - _freeSince[camera.Id] >= ToBeTaken)];
        }
    }

    private bool IsDue(CameraFacts camera, DateTimeOffset now) => camera.IsActive && WatchHours.Hold(camera.Hours, now, calendar.Zone);

    // Where a plant has a worker of its own, nobody else reads its cameras.
    private bool IsFor(CameraFacts camera, AskingWorker asking) => asking.IsAtPlant || !_workers.Values.Any(known => known.Worker.IsAtPlant && known.Worker.Scope.Enterprise == camera.Enterprise.Value);

    private void GiveAway(List<CameraFacts> held, AskingWorker asking)
    {
        while (held.Count > 0)
        {
            var last = held[^1];
            if (!Others(last, asking).Any(other => Count(other) + 1 < held.Count)) return;
            held.RemoveAt(held.Count - 1);
            _leases.Remove(last.Id);
        }
    }

    private void Take(List<CameraFacts> held, List<CameraFacts> eligible, AskingWorker asking, DateTimeOffset now)
    {
        foreach (var camera in eligible)
        {
            if (held.Contains(camera) || (_leases.TryGetValue(camera.Id, out var lease) && lease.Until > now)) continue;
            // Whoever has fewer may ask in a moment; whoever asks first must not take all.
            if (Others(camera, asking).Any(other => Count(other) < held.Count)) continue;
            held.Add(camera);
        }
    }

    private IEnumerable<AskingWorker> Others(CameraFacts camera, AskingWorker asking) =>
        _workers.Values.Select(known => known.Worker).Where(other => other.Key != asking.Key && camera.Anchor.IsWithin(other.Scope) && IsFor(camera, other));

    private int Count(AskingWorker worker) => _leases.Count(lease => lease.Value.Worker == worker.Key);
}
