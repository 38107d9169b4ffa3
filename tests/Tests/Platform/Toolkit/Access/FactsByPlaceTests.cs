using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;

namespace Anlan.Tests.Platform.Toolkit.Access;

public sealed class FactsByPlaceTests
{
    private readonly FactsByPlace<Guid, Works> _works = new(works => new Anchor(works.Place, works.Id));

    public FactsByPlaceTests()
    {
        foreach (var place in new[] { "990502001", "990502001", "990502002", "990521001", "990521001" }) Put(place);
    }

    [Fact]
    public void The_count_is_what_the_list_shows_in_every_scope()
    {
        var (near, far) = (Put("990502001"), Put("990521001"));
        Scope[] scopes =
        [
            Scope.Everything, Scope.Nothing, Scope.OfEnterprise(near), Scope.OfEnterprise(Guid.CreateVersion7()),
            Over(["990502"], [], []), Over(["990502"], [far], []), Over(["990502"], [near], []), Over(["990502"], [], [near]), Over(["990502"], [far], [near]),
            Over(["990502001", "990521"], [], [near, far]), Over([], [near, far], []), Over(["99"], [Guid.CreateVersion7()], [Guid.CreateVersion7()]),
        ];

        foreach (var scope in scopes) Assert.Equal(_works.Within(scope, OfEnterprise).Count(), _works.Count(scope, OfEnterprise));
        Assert.Equal([7, 0, 1, 0, 4, 5, 4, 3, 4, 4, 2, 7], scopes.Select(scope => _works.Count(scope, OfEnterprise)));
    }

    [Fact]
    public void What_moves_is_found_at_its_new_place_alone()
    {
        var moving = Put("990502001");
        _works.Put(moving, new Works(moving, new DivisionCode("990521001")));

        Assert.Equal(3, _works.Count(Over(["990502"], [], []), OfEnterprise));
        Assert.Contains(_works.Within(Over(["990521001"], [], []), OfEnterprise), works => works.Id == moving);
    }

    private static Scope Over(string[] divisions, Guid[] enterprises, Guid[] exceptions) =>
        Scope.OfOrgan(Guid.CreateVersion7(), [], divisions.Select(code => DivisionRange.Of(new DivisionCode(code))), enterprises, exceptions);

    private Guid Put(string place)
    {
        var id = Guid.CreateVersion7();
        _works.Put(id, new Works(id, new DivisionCode(place)));
        return id;
    }

    private IEnumerable<Works> OfEnterprise(Guid id) => _works.Find(id) is { } one ? [one] : [];

    private sealed record Works(Guid Id, DivisionCode Place);
}
