using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Places;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>What is kept of a space in memory: everything that lists show and that other modules ask for.</summary>
internal sealed record SpaceEntry(
    SpaceId Id, string Code, string Name, SpaceKind Kind, IReadOnlyList<string> Hazards, EnterpriseId Enterprise, DivisionCode Division, string Site, GeoPoint? Place, RiskLevel Risk, bool IsCatalogued,
    AccessControl Access, bool HasNoticeBoard, PersonId? Responsible, DateOnly? LastReviewedOn, SpaceState State, DateTimeOffset RegisteredAt)
{
    /// <summary>A space belongs to its enterprise and to whoever supervises the place where it lies.</summary>
    public Anchor Anchor => new(Division, Enterprise.Value);

    public SpaceFacts ToFacts() => new(
        Id, Code, Name, Enterprise, Division, Place, SpaceLook.Key(Kind), Hazards, State == SpaceState.Sealed, State == SpaceState.Removed);
}

/// <summary>All spaces in memory: a camera that sees somebody asks without touching a disk.</summary>
internal sealed class SpaceIndex : EntityIndex<ConfinedSpace>, ISpaces
{
    private const string Prefix = "KJ-";
    private readonly FactsByPlace<SpaceId, SpaceEntry> _entries = new(space => space.Anchor);
    private readonly ConcurrentDictionary<EnterpriseId, ImmutableHashSet<SpaceId>> _byEnterprise = new();
    private readonly ConcurrentDictionary<string, SpaceId> _byCode = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All spaces, in no order.</summary>
    public IEnumerable<SpaceEntry> All => _entries.All;

    public SpaceEntry? Find(SpaceId id) => _entries.Find(id);

    public SpaceEntry? FindByCode(string code) => _byCode.TryGetValue(code, out var id) ? Find(id) : null;

    /// <summary>The spaces of an enterprise, wherever they lie.</summary>
    public IEnumerable<SpaceEntry> Of(EnterpriseId enterprise) => _byEnterprise.GetValueOrDefault(enterprise, []).Select(Find).OfType<SpaceEntry>();

    /// <summary>The spaces in a scope, in no order.</summary>
    public IEnumerable<SpaceEntry> Within(Scope scope) => _entries.Within(scope, enterprise => Of(new EnterpriseId(enterprise)));

    /// <summary>The code after the highest one that was counted; whoever takes it may find it taken.</summary>
    public string NextCode()
    {
        var counted = _byCode.Keys.Where(code => code.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).Select(code => int.TryParse(code.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{counted.DefaultIfEmpty().Max() + 1:0000}");
    }

    SpaceFacts? ISpaces.Find(SpaceId id) => Find(id)?.ToFacts();

    IReadOnlyList<SpaceFacts> ISpaces.Search(string? text, int most, Scope scope) =>
        [.. Within(scope).Where(space => space.State != SpaceState.Removed && Matches(space, text?.Trim())).OrderBy(space => space.Code, StringComparer.Ordinal).Take(most).Select(space => space.ToFacts())];

    protected override void Clear()
    {
        _entries.Clear();
        _byEnterprise.Clear();
        _byCode.Clear();
    }

    protected override void Put(ConfinedSpace entity)
    {
        var place = entity is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(latitude, longitude) : (GeoPoint?)null;
        var old = _entries.Put(entity.Id, new SpaceEntry(
            entity.Id, entity.Code, entity.Name, entity.Kind, [.. entity.Hazards], entity.Enterprise, entity.Division, entity.Site, place, entity.Risk, entity.IsCatalogued, entity.Access,
            entity.HasNoticeBoard, entity.Responsible, entity.LastReviewedOn, entity.State, entity.RegisteredAt));
        _byEnterprise.AddOrUpdate(entity.Enterprise, [entity.Id], (_, spaces) => spaces.Add(entity.Id));
        if (old is not null && old.Enterprise != entity.Enterprise) Drop(old);
        _byCode[entity.Code] = entity.Id;
    }

    protected override void Remove(ConfinedSpace entity)
    {
        if (_entries.Remove(entity.Id) is { } old) Drop(old);
        _byCode.TryRemove(new(entity.Code, entity.Id));
    }

    private void Drop(SpaceEntry space) => _byEnterprise.AddOrUpdate(space.Enterprise, [], (_, spaces) => spaces.Remove(space.Id));

    private static bool Matches(SpaceEntry space, string? text) =>
        string.IsNullOrEmpty(text) || space.Code.Contains(text, StringComparison.OrdinalIgnoreCase) || space.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || space.Site.Contains(text, StringComparison.OrdinalIgnoreCase);
}
