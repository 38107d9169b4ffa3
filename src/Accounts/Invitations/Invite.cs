using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Accounts.Sessions;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Invitations;

/// <summary>Makes an invitation; its code is told once and kept as a keyed hash. For someone who has an account it sets a new password and PIN, and the old ones end at once.</summary>
internal sealed class Invite(
    AccountsDb db, AccountIndex index, AccountScope accounts, RoleBook roles, DoorRules doors, OrganIndex organs, IPeople people, IEnterprises enterprises, IQualifications qualifications,
    NewInvitation invitations, CurrentActor current, CurrentScope scope)
{
    /// <param name="Person">The welder; or <paramref name="CertificateNumber"/>.</param>
    /// <param name="Role">Role of the account; may be left out for a welder.</param>
    /// <param name="Enterprise">Enterprise of an enterprise's staff.</param>
    /// <param name="DisplayName">Name of staff on screens.</param>
    /// <param name="CertificateNumber">Number of the welder's certificate, where the person's id is not at hand.</param>
    /// <param name="Organ">Organ of an organ's staff, who may leave it out for their own organ.</param>
    public sealed record Request(Guid? Person, string? Role = null, Guid? Enterprise = null, string? DisplayName = null, string? CertificateNumber = null, Guid? Organ = null);

    /// <param name="IsInPerson">The welder stands here and was recognised by an identity card.</param>
    public sealed record InPerson(bool IsInPerson);

    public sealed record Invited(Guid Id, string Code, string ClaimUrl, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/invitations", (Request request, Invite slice, CancellationToken stop) => slice.RunAsync(request, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Invite).Produces<Invited>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Accounts")
            .WithSummary("Invite a welder (person) or staff (role); the code is shown once");
        api.MapPost("/accounts/{account:guid}/reset", (Guid account, InPerson request, Invite slice, CancellationToken stop) => slice.ResetAsync(account, request, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Invite).Produces<Invited>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Accounts")
            .WithSummary("Reset a welder in person: the old password, PIN and proofs end at once, a code sets new ones; other accounts are reset by two people");
    }

    public async Task<Outcome<Invited>> RunAsync(Request request, CancellationToken stop)
    {
        var (actor, now) = (current.Actor, scope.Now);
        var isByCertificate = request.Person is null && !string.IsNullOrWhiteSpace(request.CertificateNumber);
        var named = request.Person is { } p ? new PersonId(p) : isByCertificate ? qualifications.FindHolder(request.CertificateNumber!.Trim()) : null;
        var person = named is { } found && people.IsWithin(found, now) ? named : null;
        if (isByCertificate && person is null) return Refusal.OfField("certificateNumber", "PersonUnknown");
        var role = request.Role ?? (request.Person is null && person is null ? null : RoleNames.Welder);
        var displayName = request.DisplayName?.Trim() is { Length: > 0 and <= 100 } name ? name : null;
        var known = roles.Find(role);
        var organ = request.Organ ?? (known?.Standing == Standing.Organ ? now.Organ : null);
        var refusals = InvitationRules.Check(roles.Find(actor.Role), new InvitationFacts(
            known,
            request.Person is not null || person is not null,
            person is not null,
            person is { } holder && qualifications.CertificatesOf(holder).Count > 0,
            request.Enterprise is not null,
            request.Enterprise is { } enterprise && enterprises.Find(new EnterpriseId(enterprise)) is { IsActive: true } && enterprises.IsWithin(new EnterpriseId(enterprise), now),
            organ is not null,
            organ is { } inviting && now.CoversOrgan(inviting) && organs.Find(new OrganId(inviting)) is { IsActive: true } invited ? invited.Kind : null,
            displayName is not null));
        if (refusals.Count > 0) return Outcome<Invited>.Refused(refusals);

        var existing = person is { } welder ? index.FindByPerson(welder) : null;
        if (existing is { IsDisabled: true }) return new Refusal("AccountDisabled");
        if (existing is not null && existing.Role != role) return Refusal.OfField("person", "PersonHasOtherRole") with { Measured = FactValue.Text(existing.UserName) };
        var owner = new NewInvitation.Owner(organ is { } o ? new OrganId(o) : null, request.Enterprise is { } e ? new EnterpriseId(e) : null, person);
        return await MakeAsync(role!, owner, person is null ? displayName : null, existing?.Id, stop);
    }

    /// <summary>
    /// For a welder who stands before the one who resets; everybody else's reset takes two (<see cref="Resets.AskForReset"/>). Password, PIN, factors, sessions and proofs end
    /// with it; a machine that runs goes on until its session ends or is stopped.
    /// </summary>
    public async Task<Outcome<Invited>> ResetAsync(Guid id, InPerson request, CancellationToken stop)
    {
        if (index.Find(id) is not { } account || !accounts.Covers(account)) return new Refusal("AccountUnknown");
        if (account.IsService) return new Refusal("ServiceAccount");
        if (!InvitationRules.IsOpenTo(roles, current.Actor, account.Role)) return new Refusal("Forbidden");
        if (account.IsDisabled) return new Refusal("AccountDisabled");
        if (doors.IsResetByTwo(account.Role)) return new Refusal("ResetNeedsTwo");
        if (!request.IsInPerson) return Refusal.OfField("isInPerson", "ResetNotInPerson");
        db.Context.Audit("accounts.reset.inperson", $"account/{id}", new { person = account.Person?.Value });
        return await MakeAsync(account.Role, new NewInvitation.Owner(account.Organ, account.Enterprise, account.Person), null, id, stop);
    }

    private async Task<Outcome<Invited>> MakeAsync(string role, NewInvitation.Owner owner, string? displayName, Guid? account, CancellationToken stop)
    {
        var (id, code, expiresAt) = await invitations.AddAsync(role, owner, displayName, account, stop);
        return await db.Context.TrySaveAsync(stop) ? new Invited(id, code, role == RoleNames.Welder ? "/claim" : $"/claim?invitation={id}", expiresAt) : new Refusal("ChangedMeanwhile");
    }
}
