using Anlan.Contracts.Accounts;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Organs;

/// <summary>
/// The one place that decides whose records somebody may see and change: administrators and the platform itself everything, staff of an organ what
/// it supervises now, a safety manager the own enterprise, a welder the own person. An account without any of these reaches nothing.
/// </summary>
internal sealed class ActorScopes(Jurisdiction jurisdiction) : IScopes
{
    public Scope Of(Actor actor) => actor switch
    {
        _ when ReferenceEquals(actor, Actor.System) || actor.Is(RoleNames.Administrator) => Scope.Everything,
        { Organ: { } organ } => jurisdiction.ScopeOf(new OrganId(organ)),
        { Enterprise: { } enterprise } => Scope.OfEnterprise(enterprise),
        { Person: { } person } => Scope.OfPerson(person),
        _ => Scope.Nothing,
    };
}
