using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Desk.Views;

/// <summary>The saved views of one list: one's own, then those that colleagues lend.</summary>
internal sealed class ListViews(AnlanDb db, CurrentActor current)
{
    /// <param name="Id">The view.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Query">Search, filters and order for the list's address.</param>
    /// <param name="IsOwn">False when a colleague lends it; only its owner changes it.</param>
    /// <param name="IsShared">True when the colleagues see it.</param>
    /// <param name="IsDefault">True when the reader's list opens with it.</param>
    public sealed record Row(Guid Id, string Name, string Query, bool IsOwn, bool IsShared, bool IsDefault);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/views", (string? list, ListViews slice, CancellationToken stop) => slice.RunAsync(list ?? "", stop))
            .RequirePermission(DeskPermissions.View).Scoped(ScopedBy.Records).WithTags("Desk").WithSummary("Saved views of a list (its address, for example /enterprises): one's own and those that colleagues lend");

    public async Task<IReadOnlyList<Row>> RunAsync(string page, CancellationToken stop)
    {
        var account = current.Actor.Account;
        var organ = current.Actor.Organ is { } ofOrgan ? new OrganId(ofOrgan) : (OrganId?)null;
        var enterprise = current.Actor.Enterprise is { } ofEnterprise ? new EnterpriseId(ofEnterprise) : (EnterpriseId?)null;
        var found = await db.Set<SavedView>().AsNoTracking()
            .Where(v => v.Page == page && (v.Account == account || (organ != null && v.SharedWithOrgan == organ) || (enterprise != null && v.SharedWithEnterprise == enterprise)))
            .OrderBy(v => v.Name).Take(10 * SavedView.MostOnAPage).ToListAsync(stop);
        return [.. found.Select(v => new Row(v.Id, v.Name, v.Query, v.Account == account, v.IsShared, v.IsDefault && v.Account == account)).OrderByDescending(row => row.IsOwn).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }
}
