using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Keys;

/// <summary>Keys: one's own, or everybody's within scope.</summary>
internal sealed class ListKeys(KeyIndex keys, AccountIndex accounts, AccountScope scope, RoleBook roles, CurrentActor current, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/keys", (string? search, ListKeys slice, int page = 1, int size = 20) => slice.Own(new PageRequest(page, size, search)))
            .RequirePermission(AccountsPermissions.OwnKeys).Scoped(ScopedBy.Own).WithTags("API keys").WithSummary("List the keys of the own account");
        api.MapGet("/keys", (string? search, ListKeys slice, int page = 1, int size = 20) => slice.All(new PageRequest(page, size, search)))
            .RequirePermission(AccountsPermissions.EditKeys).Scoped(ScopedBy.Records).WithTags("API keys").WithSummary("List everybody's keys");
    }

    public Page<KeyRow> Own(PageRequest request) => Page(Read(keys.All.Where(key => key.Account == current.Actor.Account), request), request);

    public Page<KeyRow> All(PageRequest request) => Page(Every(request), request);

    /// <summary>Everybody's within scope, for an export.</summary>
    public IReadOnlyList<KeyRow> Every(PageRequest request) => Read(keys.All.Where(key => accounts.Find(key.Account) is { } account && scope.Covers(account)), request);

    private static Page<KeyRow> Page(IReadOnlyList<KeyRow> rows, PageRequest request) => new([.. rows.Skip(request.Skip).Take(request.Take)], rows.Count);

    private IReadOnlyList<KeyRow> Read(IEnumerable<KeyFacts> found, PageRequest request)
    {
        var rows = found.Select(ToRow);
        if (request.Term is { } term) rows = rows.Where(row => row.Name.Contains(term, StringComparison.OrdinalIgnoreCase) || row.UserName.Contains(term, StringComparison.OrdinalIgnoreCase) || row.Start.Contains(term, StringComparison.OrdinalIgnoreCase));
        return [.. rows.OrderBy(row => row.State).ThenByDescending(row => row.MadeAt).ThenBy(row => row.Id)];
    }

    private KeyRow ToRow(KeyFacts key)
    {
        var account = accounts.Find(key.Account);
        var state = key.RevokedAt is not null ? KeyState.Revoked : !key.IsInForceOn(calendar.Today) ? KeyState.RunOut : account is { IsDisabled: false } ? KeyState.InForce : KeyState.AccountDisabled;
        return new KeyRow(
            key.Id, key.Account, account?.UserName ?? "", account?.IsService == true, key.Name, key.Start, [.. key.Permissions.Order(StringComparer.Ordinal)],
            [.. key.Permissions.Where(permission => account is null || !roles.IsHeld(permission, account.Role)).Order(StringComparer.Ordinal)], key.Networks, key.MadeAt, key.LastDay, key.LastUsedAt, state, key.RevokeReason);
    }
}
