using Anlan.Accounts.Credentials;
using Anlan.Accounts.Delegations;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Roles;

/// <summary>Gives an account another role of the same standing. Its sessions end, and so does what was handed to it or by it.</summary>
internal sealed class ChangeRole(AccountsDb db, AccountIndex index, AccountScope accounts, RoleBook roles, OrganIndex organs, EndDelegations delegations, CurrentActor current)
{
    public sealed record Request(string? Role, string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/accounts/{account:guid}/role", (Guid account, Request request, ChangeRole slice, CancellationToken stop) => slice.RunAsync(account, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.Edit).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("Give an account another role; its sessions end at once");

    /// <summary>The roles that the account could have instead.</summary>
    public IReadOnlyList<RoleFacts> Choices(Guid account) => index.Find(account) is { } known ? [.. roles.All.Where(role => role.Code != known.Role && Fits(role, known))] : [];

    public async Task<Outcome> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } missing) return Outcome.Refused(missing);
        if (index.Find(id) is not { } known || !accounts.Covers(known)) return Outcome.Refused("AccountUnknown");
        if (id == current.Actor.Account) return Outcome.Refused("OwnRole");
        if (roles.Find(request.Role) is not { } role || !Fits(role, known)) return Outcome.Refused(Refusal.OfField("role", "RoleUnfit"));
        if (known.Role == role.Code) return Outcome.Done;
        if (index.IsLastAdministrator(id)) return Outcome.Refused("LastAdministrator");
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == id, stop) is not { } account) return Outcome.Refused("AccountUnknown");

        var before = account.Role;
        account.Role = role.Code;
        CredentialBox.ChangeStamp(account);
        await delegations.OfAsync(id, "RoleChanged", stop);
        db.Context.Audit("accounts.role.changed", $"account/{id}", new { before, after = role.Code, reason = request.Reason!.Trim() });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    // Another standing is another post, and whoever holds two posts has two accounts.
    private bool Fits(RoleFacts role, AccountFacts account) =>
        role.Standing == roles.Find(account.Role)?.Standing && role.HasAccounts && (account.Organ is not { } organ || (organs.Find(organ) is { } facts && role.IsFor(facts.Kind)));
}
