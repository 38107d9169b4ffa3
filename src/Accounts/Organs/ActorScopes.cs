using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Access;

namespace Anlan.Accounts.Organs;

/// <summary>
/// The one place that decides whose records somebody may see and change: the standing of the role says for whom one acts. Administrators of the
/// installation and the platform itself reach everything (what they may do there is narrow), staff of an organ what it supervises now, staff of an enterprise that
/// enterprise, a welder the own person. An unknown role, or one without whom it should stand for, reaches nothing.
/// </summary>
internal sealed class ActorScopes(Jurisdiction jurisdiction, RoleBook roles) : IScopes
{
    public Scope Of(Actor actor) => ReferenceEquals(actor, Actor.System) ? Scope.Everything : (roles.Find(actor.Role)?.Standing, actor) switch
    {
        (Standing.Installation, _) => Scope.Everything,
        (Standing.Organ, { Organ: { } organ }) => jurisdiction.ScopeOf(new OrganId(organ)),
        (Standing.Enterprise, { Enterprise: { } enterprise }) => Scope.OfEnterprise(enterprise),
        (Standing.Person, { Person: { } person }) => Scope.OfPerson(person),
        _ => Scope.Nothing,
    };
}
