using System.Collections.Concurrent;
using Anlan.Cameras.Sight.Zones;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;

namespace Anlan.Cameras.Registry;

/// <summary>A camera as everything but its own form needs it; without its address.</summary>
/// <param name="Id">The camera.</param>
/// <param name="Code">Its number.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Space">The space at which it looks.</param>
/// <param name="Enterprise">Whose it is.</param>
/// <param name="Division">Where it is.</param>
/// <param name="Hours">When it is watched; empty = always.</param>
/// <param name="IsPaused">True while somebody switched it off.</param>
/// <param name="IsRemoved">True when it is gone.</param>
/// <param name="RegisteredAt">Since when it is entered.</param>
internal sealed record CameraFacts(CameraId Id, string Code, string Name, SpaceId Space, EnterpriseId Enterprise, DivisionCode Division, IReadOnlyList<WatchHours> Hours, bool IsPaused, bool IsRemoved, DateTimeOffset RegisteredAt)
{
    /// <summary>A camera belongs to its enterprise and to whoever supervises the place.</summary>
    public Anchor Anchor => new(Division, Enterprise.Value);

    /// <summary>True when a worker has to look through it.</summary>
    public bool IsActive => !IsPaused && !IsRemoved;

    /// <summary>What the log and alarms call it.</summary>
    public string Subject => SubjectOf(Id.Value);

    /// <summary>What the log and alarms call a camera.</summary>
    public static string SubjectOf(Guid camera) => $"camera/{camera}";
}

/// <summary>All cameras in memory: an event finds its own without a look at the disk.</summary>
internal sealed class CameraIndex : EntityIndex<Camera>
{
    private readonly FactsByPlace<CameraId, CameraFacts> _facts = new(camera => camera.Anchor);
    private readonly ConcurrentDictionary<string, CameraId> _byCode = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All cameras, in no order.</summary>
    public IEnumerable<CameraFacts> All => _facts.All;

    public CameraFacts? Find(CameraId id) => _facts.Find(id);

    public CameraFacts? FindByCode(string code) => _byCode.TryGetValue(code, out var id) ? Find(id) : null;

    /// <summary>The cameras in a scope, in no order.</summary>
    public IEnumerable<CameraFacts> Within(Scope scope) => _facts.Within(scope, enterprise => _facts.All.Where(camera => camera.Enterprise.Value == enterprise));

    protected override void Clear()
    {
        _facts.Clear();
        _byCode.Clear();
    }

    protected override void Put(Camera entity)
    {
        _facts.Put(entity.Id, new CameraFacts(
            entity.Id, entity.Code, entity.Name, entity.Space, entity.Enterprise, entity.Division, entity.ReadHours(), entity.PausedReason is not null, entity.RemovedReason is not null, entity.RegisteredAt));
        _byCode[entity.Code] = entity.Id;
    }

    protected override void Remove(Camera entity)
    {
        _facts.Remove(entity.Id);
        _byCode.TryRemove(entity.Code, out _);
    }
}
