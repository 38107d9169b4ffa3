using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Delegations;

/// <summary>Who handed what to whom within scope, as a file.</summary>
internal sealed class ExportDelegations(ListDelegations list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/delegations/export", (string? search, ExportDelegations slice, CancellationToken stop) => slice.RunAsync(search, stop))
            .RequirePermission(AccountsPermissions.ViewDelegations).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Delegations").WithSummary("Export delegations within scope");

    public Task<IResult> RunAsync(string? search, CancellationToken stop) =>
        file.OfAsync(
            "delegations", "accounts.delegations.exported", page => Task.FromResult(list.All(page with { Search = search })), stop,
            (words["Delegations.Holder"], row => row.HolderName ?? row.Holder),
            (words["Delegations.Delegate"], row => row.DelegateName ?? row.Delegate),
            (words["Keys.Carries"], row => string.Join(' ', row.Permissions)),
            (words["Delegations.FirstDay"], row => row.FirstDay),
            (words["Delegations.LastDay"], row => row.LastDay),
            (words["Delegations.Number"], row => row.Number),
            (words["Delegations.InstrumentTitle"], row => row.Title),
            (words["Field.State"], row => words["DelegationState." + row.State]),
            (words["Delegations.EndedOn"], row => row.EndedAt));
}
