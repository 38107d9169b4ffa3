using System.Security.Cryptography;
using Anlan.Accounts.Credentials;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Keys;

/// <summary>Makes the account of a program that acts for an organ or an enterprise. Nobody signs in with it: it has keys only.</summary>
internal sealed class MakeServiceAccount(AccountsDb db, RoleBook roles, OrganIndex organs, IEnterprises enterprises, CredentialBox credentials, CurrentActor current, CurrentScope scope, TimeProvider clock)
{
    /// <param name="UserName">By which it is known.</param>
    /// <param name="DisplayName">What the program is.</param>
    /// <param name="Role">A role of organs or of enterprises.</param>
    /// <param name="Organ">For which organ it acts.</param>
    /// <param name="Enterprise">For which enterprise it acts.</param>
    public sealed record Request(string? UserName, string? DisplayName, string? Role, Guid? Organ = null, Guid? Enterprise = null);

    public sealed record Made(Guid Account);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/service-accounts", (Request request, MakeServiceAccount slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditKeys).Produces<Made>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("API keys")
            .WithSummary("Make the account of a program that acts for an organ or an enterprise");

    public async Task<Outcome<Made>> RunAsync(Request request, CancellationToken stop)
    {
        var now = scope.Now;
        var role = roles.Find(request.Role) is { Standing: Standing.Organ or Standing.Enterprise } fit ? fit : null;
        var displayName = request.DisplayName?.Trim() is { Length: > 0 and <= 100 } name ? name : null;
        var refusals = InvitationRules.Check(roles.Find(current.Actor.Role), new InvitationFacts(
            role, false, false, false, request.Enterprise is not null,
            request.Enterprise is { } enterprise && enterprises.Find(new EnterpriseId(enterprise)) is { IsActive: true } && enterprises.IsWithin(new EnterpriseId(enterprise), now),
            request.Organ is not null, request.Organ is { } organ && now.CoversOrgan(organ) && organs.Find(new OrganId(organ)) is { IsActive: true } known ? known.Kind : null, displayName is not null)).ToList();
        if (CredentialRules.CheckUserName(request.UserName) is { } nameless) refusals.Add(nameless);
        if (refusals.Count > 0) return Outcome<Made>.Refused(refusals);

        var account = new Account
        {
            Id = Guid.CreateVersion7(),
            UserName = request.UserName!.Trim(),
            DisplayName = displayName,
            Role = role!.Code,
            Organ = request.Organ is { } o ? new OrganId(o) : null,
            Enterprise = request.Enterprise is { } e ? new EnterpriseId(e) : null,
            IsService = true,
            CreatedAt = clock.GetUtcNow(),
        };
        // A password that nobody has ever seen: the answer at the door is the same as for any wrong one.
        if (await credentials.AddAsync(account, Convert.ToHexString(RandomNumberGenerator.GetBytes(32))) is { } taken) return taken;
        db.Context.Audit("accounts.service.made", $"account/{account.Id}", new { role = role.Code, organ = request.Organ, enterprise = request.Enterprise });
        return await db.Context.TrySaveAsync(stop) ? new Made(account.Id) : Refusal.OfField("userName", "UserNameTaken");
    }
}
