using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Roles;

/// <summary>All roles of the installation.</summary>
internal sealed class ListRoles(RoleBook roles, AccountIndex accounts)
{
    /// <param name="Standing">Only those that stand for this.</param>
    /// <param name="Held">Only those that somebody holds.</param>
    /// <param name="Changed">Only those that differ from the default, and those of the office's own.</param>
    public sealed record Filter(Standing? Standing = null, bool Held = false, bool Changed = false);

    /// <param name="Permissions">How many permissions.</param>
    /// <param name="Holders">How many accounts that may sign in.</param>
    public sealed record Row(
        string Code, string NameZh, string NameEn, string? TextZh, string? TextEn, Standing Standing, IReadOnlyList<OrganKind> OrganKinds, Duty Duty, int Permissions, int Holders, bool IsBuiltIn, bool IsChanged);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/roles", (string? search, string? standing, bool? held, bool? changed, ListRoles slice, int page = 1, int size = 20) =>
                EnumQuery.TryRead<Standing>(standing, out var wanted) ? Results.Ok(slice.Run(new PageRequest(page, size, search), new Filter(wanted, held == true, changed == true))) : EnumQuery.NoSuchWord("standing", standing))
            .RequirePermission(AccountsPermissions.ViewRoles).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Installation).WithTags("Roles").WithSummary("List roles with the number of their holders");

    public Page<Row> Run(PageRequest request, Filter filter)
    {
        var rows = All(request, filter);
        return new Page<Row>([.. rows.Skip(request.Skip).Take(request.Take)], rows.Count);
    }

    /// <summary>All that the filter lets through, for an export.</summary>
    public IReadOnlyList<Row> All(PageRequest request, Filter filter)
    {
        var holders = accounts.All.Where(a => !a.IsDisabled).CountBy(a => a.Role).ToDictionary();
        var found = roles.All.Select(role => new Row(
            role.Code, role.NameZh, role.NameEn, role.TextZh, role.TextEn, role.Standing, role.OrganKinds, role.Duty, role.Permissions.Count, holders.GetValueOrDefault(role.Code), role.IsBuiltIn, role.IsChanged));
        if (filter.Standing is { } standing) found = found.Where(row => row.Standing == standing);
        if (filter.Held) found = found.Where(row => row.Holders > 0);
        if (filter.Changed) found = found.Where(row => row.IsChanged || !row.IsBuiltIn);
        if (request.Term is { } term) found = found.Where(row => new[] { row.Code, row.NameZh, row.NameEn, row.TextZh, row.TextEn }.Any(text => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true));
        return [.. found];
    }
}
