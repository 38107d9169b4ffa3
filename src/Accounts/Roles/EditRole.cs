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

/// <summary>
/// Decides what a role may do, adds roles of the office's own, restores a default. It counts for every open session at the commit; what it was before and is
/// afterwards is on record.
/// </summary>
internal sealed class EditRole(AccountsDb db, RoleBook roles, AccountIndex accounts, CurrentActor current, TimeProvider clock)
{
    /// <param name="Permissions">Everything that the role may do from now on.</param>
    /// <param name="Version">The version that was shown; when somebody saved a newer one since, nothing is written. Null does not ask.</param>
    public sealed record Request(IReadOnlyList<string>? Permissions, int? Version = null);

    /// <param name="Code">Code: small letters, digits and hyphens.</param>
    /// <param name="NameZh">Name on Chinese screens.</param>
    /// <param name="NameEn">Name on English screens.</param>
    /// <param name="Standing">Whom its accounts stand for.</param>
    /// <param name="OrganKinds">Kinds of organ that it is for; none means all.</param>
    /// <param name="Permissions">What it may do.</param>
    public sealed record Addition(string? Code, string? NameZh, string? NameEn, Standing? Standing, IReadOnlyList<OrganKind>? OrganKinds = null, IReadOnlyList<string>? Permissions = null);

    public sealed record Added(string Code);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/roles/{role}", (string role, Request request, EditRole slice, CancellationToken stop) => slice.RunAsync(role, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditRoles).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Installation).WithTags("Roles").WithSummary("Decide what a role may do; it counts at once for every open session");
        api.MapPost("/roles", (Addition request, EditRole slice, CancellationToken stop) => slice.AddAsync(request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditRoles).Produces<Added>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Installation).WithTags("Roles").WithSummary("Add a role of the office's own");
        api.MapPost("/roles/{role}/restore", (string role, EditRole slice, CancellationToken stop) => slice.RestoreAsync(role, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditRoles).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Installation).WithTags("Roles")
            .WithSummary("Give a built-in role its default again");
        api.MapDelete("/roles/{role}", (string role, EditRole slice, CancellationToken stop) => slice.RemoveAsync(role, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditRoles).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Installation).WithTags("Roles")
            .WithSummary("Remove a role of the office's own that nobody holds");
    }

    public async Task<Outcome> RunAsync(string code, Request request, CancellationToken stop)
    {
        if (roles.Find(code) is not { HasAccounts: true } role) return Outcome.Refused("RoleUnknown");
        if (RoleRules.CheckEditor(current.Actor, role) is { } own) return Outcome.Refused(own);
        if (request.Permissions is null) return Outcome.Refused(Refusal.OfField("permissions", "PermissionsMissing"));
        var wanted = request.Permissions.ToHashSet(StringComparer.Ordinal);
        if (RoleRules.CheckPermissions(wanted, role.Standing, roles.Declared) is { Count: > 0 } refusals) return Outcome.Refused(refusals);
        if (request.Version is { } seen && seen != role.Version) return Outcome.Refused("ChangedMeanwhile");
        if (role.Permissions.SetEquals(wanted)) return Outcome.Done;

        var decided = await db.Roles.SingleOrDefaultAsync(r => r.Code == code, stop);
        if (role.IsBuiltIn && wanted.SetEquals(role.Default))
        {
            if (decided is not null) db.Roles.Remove(decided);
        }
        else
        {
            if (decided is null) db.Roles.Add(decided = new Role { Code = code, Standing = role.Standing, IsBuiltIn = true });
            decided.Added = [.. wanted.Except(role.Default).Order(StringComparer.Ordinal)];
            decided.Withdrawn = [.. role.Default.Except(wanted).Order(StringComparer.Ordinal)];
            decided.ChangedAt = clock.GetUtcNow();
        }

        return await SaveAsync("accounts.role.edited", role, wanted, stop);
    }

    public async Task<Outcome<Added>> AddAsync(Addition request, CancellationToken stop)
    {
        var (code, nameZh, nameEn) = (request.Code?.Trim(), request.NameZh?.Trim(), request.NameEn?.Trim());
        var kinds = request.OrganKinds ?? [];
        var wanted = (request.Permissions ?? []).ToHashSet(StringComparer.Ordinal);
        var refusals = RoleRules.CheckNew(code, nameZh, nameEn, request.Standing, kinds).ToList();
        if (code is not null && roles.Find(code) is not null) refusals.Add(Refusal.OfField("code", "RoleCodeTaken"));
        if (refusals.Count == 0) refusals.AddRange(RoleRules.CheckPermissions(wanted, request.Standing!.Value, roles.Declared));
        if (refusals.Count > 0) return Outcome<Added>.Refused(refusals);

        db.Roles.Add(new Role
        {
            Code = code!,
            NameZh = nameZh,
            NameEn = nameEn,
            Standing = request.Standing!.Value,
            OrganKinds = [.. kinds.Distinct().Select(kind => kind.ToString())],
            Added = [.. wanted.Order(StringComparer.Ordinal)],
            ChangedAt = clock.GetUtcNow(),
        });
        db.Context.Audit("accounts.role.added", $"role/{code}", new { nameZh, nameEn, standing = request.Standing.ToString(), after = wanted.Order(StringComparer.Ordinal) });
        return await db.Context.TrySaveAsync(stop) ? new Added(code!) : Refusal.OfField("code", "RoleCodeTaken");
    }

    public async Task<Outcome> RestoreAsync(string code, CancellationToken stop) =>
        roles.Find(code) is { IsBuiltIn: true } role ? await RunAsync(code, new Request([.. role.Default]), stop) : Outcome.Refused("RoleUnknown");

    public async Task<Outcome> RemoveAsync(string code, CancellationToken stop)
    {
        if (roles.Find(code) is not { IsBuiltIn: false } role || await db.Roles.SingleOrDefaultAsync(r => r.Code == code, stop) is not { } decided) return Outcome.Refused("RoleUnknown");
        if (RoleRules.CheckEditor(current.Actor, role) is { } own) return Outcome.Refused(own);
        var (holders, now) = (accounts.All.Count(a => a.Role == code), clock.GetUtcNow());
        var invited = await db.Invitations.CountAsync(i => i.Role == code && i.ClosedAt == null && i.ExpiresAt > now, stop);
        if (holders + invited > 0) return Outcome.Refused(new Refusal("RoleHeld") { Measured = FactValue.Count(holders + invited) });
        db.Roles.Remove(decided);
        return await SaveAsync("accounts.role.removed", role, [], stop);
    }

    private async Task<Outcome> SaveAsync(string action, RoleFacts role, HashSet<string> after, CancellationToken stop)
    {
        db.Context.Audit(action, $"role/{role.Code}", new { before = role.Permissions.Order(StringComparer.Ordinal), after = after.Order(StringComparer.Ordinal) });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }
}
