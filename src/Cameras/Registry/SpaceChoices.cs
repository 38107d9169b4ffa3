using Anlan.Contracts.ConfinedSpaces;
using Anlan.Toolkit.Access;

namespace Anlan.Cameras.Registry;

/// <summary>The spaces that a form offers.</summary>
internal sealed class SpaceChoices(ISpaces spaces, CurrentScope scope)
{
    private const int Most = 20;

    /// <summary>Those within scope that fit a text.</summary>
    public IEnumerable<SpaceFacts> Search(string? text) => spaces.Search(text, Most, scope.Now);

    /// <summary>One within scope, or null.</summary>
    public SpaceFacts? Find(Guid id) => spaces.Find(new SpaceId(id)) is { IsRemoved: false } space && space.Anchor.IsWithin(scope.Now) ? space : null;
}
