using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Invitations;

/// <summary>Makes an invitation; its code is told once and kept as a keyed hash. For someone who has an account it sets a new password and PIN.</summary>
internal sealed class Invite(
    AccountsDb db, AccountIndex index, IPeople people, IEmployment employment, IEnterprises enterprises, IQualifications qualifications,
    PersonalFields fields, CityCalendar calendar, CurrentActor current, TimeProvider clock)
{
    /// <param name="Person">The welder; or <paramref name="CertificateNumber"/>.</param>
    /// <param name="Role">Role of the account; may be left out for a welder.</param>
    /// <param name="Enterprise">Enterprise of a safety manager.</param>
    /// <param name="DisplayName">Name of staff on screens.</param>
    /// <param name="CertificateNumber">Number of the welder's certificate, where the person's id is not at hand.</param>
    public sealed record Request(Guid? Person, string? Role = null, Guid? Enterprise = null, string? DisplayName = null, string? CertificateNumber = null);

    public sealed record Invited(Guid Id, string Code, string ClaimUrl, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/invitations", (Request request, Invite slice, CancellationToken stop) => slice.RunAsync(request, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Invite).Produces<Invited>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).WithTags("Accounts")
            .WithSummary("Invite a welder (person) or staff (role); the code is shown once");
        api.MapPost("/accounts/{account:guid}/reset", (Guid account, Invite slice, CancellationToken stop) => slice.ResetAsync(account, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Invite).Produces<Invited>().ProducesProblem(StatusCodes.Status404NotFound).WithTags("Accounts")
            .WithSummary("Make a code with which the account's holder sets a new password and PIN");
    }

    public async Task<Outcome<Invited>> RunAsync(Request request, CancellationToken stop)
    {
        var actor = current.Actor;
        var isByCertificate = request.Person is null && !string.IsNullOrWhiteSpace(request.CertificateNumber);
        var person = request.Person is { } p ? new PersonId(p) : isByCertificate ? qualifications.FindHolder(request.CertificateNumber!.Trim()) : null;
        if (isByCertificate && person is null) return Refusal.OfField("certificateNumber", "PersonUnknown");
        var role = request.Role ?? (person is null ? null : RoleNames.Welder);
        var displayName = request.DisplayName?.Trim() is { Length: > 0 and <= 100 } name ? name : null;
        var refusals = InvitationRules.Check(actor, new InvitationFacts(
            role,
            person is not null,
            person is { } known && people.Find(known) is not null,
            person is { } holder && qualifications.CertificatesOf(holder).Count > 0,
            IsBoundToInviter(actor, person),
            request.Enterprise is not null,
            request.Enterprise is { } enterprise && enterprises.Find(new EnterpriseId(enterprise)) is { IsActive: true },
            displayName is not null));
        if (refusals.Count > 0) return Outcome<Invited>.Refused(refusals);

        var existing = person is { } welder ? index.FindByPerson(welder) : null;
        if (existing is { IsDisabled: true }) return new Refusal("AccountDisabled");
        return await MakeAsync(role!, request.Enterprise is { } e ? new EnterpriseId(e) : null, person, person is null ? displayName : null, existing?.Id, stop);
    }

    /// <summary>For the holder of an existing account. The old password goes on until the code is used; to stop it at once, disable the account.</summary>
    public async Task<Outcome<Invited>> ResetAsync(Guid id, CancellationToken stop)
    {
        var actor = current.Actor;
        if (index.Find(id) is not { } account) return new Refusal("AccountUnknown");
        if (!InvitationRules.RolesOpenTo(actor).Contains(account.Role)) return new Refusal("Forbidden");
        if (actor.Is(RoleNames.SafetyManager) && !IsBoundToInviter(actor, account.Person)) return new Refusal("Forbidden");
        if (account.IsDisabled) return new Refusal("AccountDisabled");
        return await MakeAsync(account.Role, account.Enterprise, account.Person, null, id, stop);
    }

    private bool IsBoundToInviter(Actor actor, PersonId? person) =>
        actor.Enterprise is { } own && person is { } bound && employment.FindBinding(bound, new EnterpriseId(own), calendar.Today) is not null;

    private async Task<Outcome<Invited>> MakeAsync(string role, EnterpriseId? enterprise, PersonId? person, string? displayName, Guid? account, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var older = await db.Invitations.Where(i => i.ClosedAt == null && ((person != null && i.Person == person) || (account != null && i.Account == account))).ToListAsync(stop);
        foreach (var replaced in older) replaced.ClosedAt = now;

        var id = Guid.CreateVersion7();
        var code = InvitationCode.Make();
        db.Invitations.Add(new Invitation
        {
            Id = id,
            Role = role,
            Enterprise = enterprise,
            Person = person,
            DisplayName = displayName,
            Account = account,
            CodeHash = InvitationCode.Hash(fields, id, code),
            CreatedBy = current.Actor.Account,
            CreatedAt = now,
            ExpiresAt = now + Invitation.Lifetime,
        });
        db.Context.Audit("accounts.invited", person is { } p ? $"person/{p.Value}" : $"invitation/{id}", new { invitation = id, role, enterprise = enterprise?.Value, account });
        return await db.Context.TrySaveAsync(stop)
            ? new Invited(id, code, person is null ? $"/claim?invitation={id}" : "/claim", now + Invitation.Lifetime)
            : new Refusal("ChangedMeanwhile");
    }
}
