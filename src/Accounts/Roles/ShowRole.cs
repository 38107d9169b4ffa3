using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Roles;

/// <summary>One role with every permission that it could hold, and how it differs from the default.</summary>
internal sealed class ShowRole(RoleBook roles, AccountIndex accounts, CurrentActor current)
{
    /// <param name="Holders">How many accounts that may sign in.</param>
    /// <param name="MayEdit">True when the reader may change it: neither the own role nor the one without which nobody could put anything right.</param>
    /// <param name="Permissions">All that its standing may hold, in the order of the modules.</param>
    public sealed record Shown(
        string Code, string NameZh, string NameEn, string? TextZh, string? TextEn, Standing Standing, IReadOnlyList<OrganKind> OrganKinds, Duty Duty, int Holders, bool IsBuiltIn, bool IsChanged, bool MayEdit, int Version,
        IReadOnlyList<ShownPermission> Permissions);

    /// <param name="IsHeld">The role holds it.</param>
    /// <param name="IsDefault">The role would hold it had nobody changed it.</param>
    public sealed record ShownPermission(string Key, string Group, Duty Duty, bool IsHeld, bool IsDefault);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/roles/{role}", (string role, ShowRole slice) => Task.FromResult(slice.Run(role)).ToHttpAsync())
            .RequirePermission(AccountsPermissions.ViewRoles).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Roles").WithSummary("Show a role, its permissions and how they differ from the default");

    public Outcome<Shown> Run(string code)
    {
        if (roles.Find(code) is not { } role) return new Refusal("RoleUnknown");
        return new Shown(
            role.Code, role.NameZh, role.NameEn, role.TextZh, role.TextEn, role.Standing, role.OrganKinds, role.Duty, accounts.All.Count(a => !a.IsDisabled && a.Role == code), role.IsBuiltIn, role.IsChanged,
            roles.IsHeld(AccountsPermissions.EditRoles, current.Actor.Role) && RoleRules.CheckEditor(current.Actor, role) is null && role.HasAccounts, role.Version,
            [.. roles.InOrder.Where(p => p.HeldBy.HasFlag(role.Standing)).Select(p => new ShownPermission(p.Key, p.Group, p.DutyFor(role.Standing), role.Permissions.Contains(p.Key), role.Default.Contains(p.Key)))]);
    }
}
