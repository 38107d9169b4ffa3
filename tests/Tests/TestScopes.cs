using Anlan.Contracts.Accounts;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;

namespace Anlan.Tests;

/// <summary>Scopes where Accounts is not at hand: one bureau supervises the whole city, everybody else what they are.</summary>
internal sealed class TestScopes : IScopes
{
    /// <summary>The bureau's organ.</summary>
    public static readonly Guid Bureau = Guid.Parse("01890000-0000-7000-8000-000000000001");

    /// <summary>What a test lets the bureau supervise instead of the whole city.</summary>
    public Scope? OfBureau { get; set; }

    public Scope Of(Actor actor) => actor switch
    {
        _ when ReferenceEquals(actor, Actor.System) || RoleNames.Administrators.Contains(actor.Role) => Scope.Everything,
        _ when RoleNames.Organs.Contains(actor.Role) => OfBureau ?? Over(new DivisionCode("9")),
        { Enterprise: { } enterprise } => Scope.OfEnterprise(enterprise),
        { Person: { } person } => Scope.OfPerson(person),
        _ => Scope.Nothing,
    };

    /// <summary>A bureau over some divisions.</summary>
    public static Scope Over(params IReadOnlyList<DivisionCode> divisions) => Scope.OfOrgan(Bureau, [], divisions.Select(division => division.Value == "9" ? new DivisionRange(division, new DivisionCode("a")) : DivisionRange.Of(division)), [], []);
}
