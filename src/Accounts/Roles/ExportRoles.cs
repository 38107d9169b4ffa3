using System.Globalization;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Roles;

/// <summary>The list of roles as a file, in the reader's language; who took it is on record.</summary>
internal sealed class ExportRoles(AccountsDb db, ListRoles list, IStringLocalizer<Words> words, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/roles/export", async (string? search, string? standing, bool? held, bool? changed, ExportRoles slice, CancellationToken stop) =>
                EnumQuery.TryRead<Standing>(standing, out var wanted)
                    ? await slice.RunAsync(new PageRequest(1, 1, search), new ListRoles.Filter(wanted, held == true, changed == true), stop)
                    : EnumQuery.NoSuchWord("standing", standing))
            .RequirePermission(AccountsPermissions.ViewRoles).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).WithTags("Roles").WithSummary("Export the list of roles");

    public async Task<IResult> RunAsync(PageRequest request, ListRoles.Filter filter, CancellationToken stop)
    {
        var rows = list.All(request, filter);
        db.Context.Audit("accounts.roles.exported", "roles", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"roles-{calendar.Today.Day()}",
            [words["Field.Role"], words["Field.Standing"], words["Roles.Permissions"], words["Roles.Holders"], words["Field.State"]],
            rows.Select(r => (IReadOnlyList<string?>)
                [FactWords.IsChinese ? r.NameZh : r.NameEn, words["Standing." + r.Standing], Number(r.Permissions), Number(r.Holders), words["Role.State." + (!r.IsBuiltIn ? "Own" : r.IsChanged ? "Changed" : "Default")]]));
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
