using Anlan.Accounts.Roles;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Resets;

/// <summary>Resets of accounts within scope, as a file.</summary>
internal sealed class ExportResets(ListResets list, RoleBook roles, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/accounts/resets/export", (string? search, ExportResets slice, CancellationToken stop) => slice.RunAsync(search, stop))
            .RequirePermission(AccountsPermissions.Reset).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Accounts").WithSummary("Export resets of accounts");

    public Task<IResult> RunAsync(string? search, CancellationToken stop) =>
        file.OfAsync(
            "resets", "accounts.resets.exported", page => list.RunAsync(page with { Search = search }, stop), stop,
            (words["Accounts.Column.UserName"], row => row.UserName),
            (words["Accounts.Column.Role"], row => roles.NameOf(row.Role)),
            (words["Resets.Column.Reason"], row => row.Reason),
            (words["Resets.Column.Asked"], row => row.AskedByName),
            (words["Claims.AskedAt"], row => row.AskedAt),
            (words["Resets.Column.Decided"], row => row.DecidedByName),
            (words["Resets.DecidedAt"], row => row.DecidedAt),
            (words["Accounts.Column.State"], words.StateOf));
}
