using System.Globalization;
using Anlan.Accounts.Roles;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Registry;

/// <summary>The list of accounts as a file, masked like the list; who took it is on record.</summary>
internal sealed class ExportAccounts(AccountsDb db, ListAccounts list, RoleBook roles, IStringLocalizer<Words> words, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/accounts/export", (string? search, string? sort, string? role, ExportAccounts slice, CancellationToken stop) => slice.RunAsync(new PageRequest(1, 1, search, sort), role, stop))
            .RequirePermission(AccountsPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).ShowsPeople().WithTags("Accounts").WithSummary("Export the list of accounts, masked");

    public async Task<IResult> RunAsync(PageRequest request, string? role, CancellationToken stop)
    {
        var rows = list.All(request, role);
        db.Context.Audit("accounts.exported", "accounts", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"accounts-{calendar.Today.Day()}",
            [words["Accounts.Column.UserName"], words["Accounts.Column.Name"], words["Accounts.Column.Role"], words["Accounts.Column.Enterprise"], words["Accounts.Column.State"], words["Accounts.Column.LastSignIn"]],
            rows.Select(row => (IReadOnlyList<string?>)
                [row.UserName, row.DisplayName, roles.NameOf(row.Role), row.Organ?.Say() ?? row.EnterpriseName, words["State." + (row.IsDisabled ? "Disabled" : row.IsLocked ? "Locked" : "Active")],
                    row.LastSignInAt is { } at ? calendar.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null]));
    }
}
