using System.Reflection;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Anlan.Tests.Platform.Toolkit.Access;

/// <summary>An open page runs a slice only as long as its route's permission is held, and in the name of whoever handed it on.</summary>
public sealed class SlicePermissionsTests
{
    private static readonly Guid Holder = Guid.CreateVersion7();
    private static readonly Actor Reader = new(Guid.CreateVersion7(), "reader", "role", null, null);
    private readonly Book _book = new();
    private readonly SlicePermissions _slices;

    public SlicePermissionsTests() => _slices = new SlicePermissions(new DefaultEndpointDataSource(Route(nameof(One), "things.edit"), Route(nameof(Two), "things.own"), Route(nameof(Two), "things.all")), _book);

    [Fact]
    public void A_slice_is_run_while_its_permission_is_held_and_not_after_it_was_withdrawn()
    {
        _book.Held.Add("things.edit");
        var before = _slices.Admit(typeof(EditThing), Reader);
        _book.Held.Clear();

        Assert.Same(Reader, before);
        Assert.Null(_slices.Admit(typeof(EditThing), Reader));
    }

    [Fact]
    public void A_slice_with_two_doors_is_run_by_whoever_holds_the_key_to_one()
    {
        _book.Held.Add("things.all");

        Assert.NotNull(_slices.Admit(typeof(MakeThing), Reader));
        Assert.Null(_slices.Admit(typeof(EditThing), Reader));
    }

    [Fact]
    public void What_was_handed_on_is_done_on_behalf_of_the_holder()
    {
        _book.Held.Add("things.edit");
        _book.Handed.Add("things.edit");

        Assert.Equal(Holder, _slices.Admit(typeof(EditThing), Reader)!.OnBehalfOf);
    }

    [Fact]
    public void A_slice_without_a_door_is_judged_by_its_page() => Assert.Same(Reader, _slices.Admit(typeof(SlicePermissionsTests), Reader));

    private static void One(EditThing slice) => _ = slice;

    private static void Two(MakeThing slice) => _ = slice;

    private static RouteEndpoint Route(string handler, string permission) => new(
        _ => Task.CompletedTask, RoutePatternFactory.Parse("/" + permission), 0,
        new EndpointMetadataCollection(typeof(SlicePermissionsTests).GetMethod(handler, BindingFlags.NonPublic | BindingFlags.Static)!, new AuthorizeAttribute(PermissionExtensions.PolicyPrefix + permission)), permission);

    private sealed class EditThing;

    private sealed class MakeThing;

    private sealed class Book : IPermissions
    {
        public HashSet<string> Held { get; } = [];

        public HashSet<string> Handed { get; } = [];

        public bool IsHeld(string permission, Actor actor) => Held.Contains(permission);

        public Guid? HandedBy(string permission, Actor actor) => Handed.Contains(permission) ? Holder : null;
    }
}
