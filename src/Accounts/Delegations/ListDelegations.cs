using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Delegations;

/// <summary>Who handed what to whom: oneself, or everybody within scope.</summary>
internal sealed class ListDelegations(DelegationIndex delegations, AccountIndex accounts, AccountScope scope, OrganIndex organs, IEnterprises enterprises, CurrentActor current, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/delegations", (string? search, ListDelegations slice, int page = 1, int size = 20) => slice.Own(new PageRequest(page, size, search)))
            .RequirePermission(AccountsPermissions.OwnDelegations).Scoped(ScopedBy.Own).WithTags("Delegations").WithSummary("What one handed on and received");
        api.MapGet("/delegations", (string? search, ListDelegations slice, int page = 1, int size = 20) => slice.All(new PageRequest(page, size, search)))
            .RequirePermission(AccountsPermissions.ViewDelegations).Scoped(ScopedBy.Records).WithTags("Delegations").WithSummary("List delegations within scope");
    }

    public Page<DelegationRow> Own(PageRequest request) => Read(delegations.All.Where(d => d.Holder == current.Actor.Account || d.Delegate == current.Actor.Account), request);

    public Page<DelegationRow> All(PageRequest request) => Read(delegations.All.Where(d => accounts.Find(d.Holder) is { } holder && scope.Covers(holder)), request);

    private Page<DelegationRow> Read(IEnumerable<DelegationFacts> found, PageRequest request)
    {
        var rows = found.Select(ToRow);
        if (request.Term is { } term) rows = rows.Where(row => new[] { row.Holder, row.HolderName, row.Delegate, row.DelegateName, row.Number, row.Title }.Any(text => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true));
        var all = rows.OrderBy(row => row.State).ThenByDescending(row => row.FirstDay).ThenBy(row => row.Id).ToList();
        return new Page<DelegationRow>([.. all.Skip(request.Skip).Take(request.Take)], all.Count);
    }

    private DelegationRow ToRow(DelegationFacts d)
    {
        var (holder, acting, today) = (accounts.Find(d.Holder), accounts.Find(d.Delegate), calendar.Today);
        return new DelegationRow(
            d.Id, holder?.UserName ?? "", holder?.DisplayName, acting?.UserName ?? "", acting?.DisplayName, d.Holder == current.Actor.Account, d.Organ is { } organ ? organs.Find(organ)?.NameZh : null, d.Organ is { } same ? organs.Find(same)?.NameEn : null,
            d.Enterprise is { } enterprise ? enterprises.Find(enterprise)?.Name : null, [.. d.Permissions.Order(StringComparer.Ordinal)], d.FirstDay, d.LastDay, d.Number, d.Title, d.Text,
            d.IsInForceOn(today) ? DelegationState.InForce : d.EndedAt is null && d.FirstDay > today ? DelegationState.Future : DelegationState.Ended, d.EndedAt, d.EndReason);
    }
}
