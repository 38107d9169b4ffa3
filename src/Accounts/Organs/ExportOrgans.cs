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

namespace Anlan.Accounts.Organs;

/// <summary>The list of organs as a file, in the reader's language; who took it is on record.</summary>
internal sealed class ExportOrgans(AccountsDb db, ListOrgans list, IStringLocalizer<Words> words, CityCalendar calendar)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/organs/export", async (string? search, string? sort, string? kind, bool? active, ExportOrgans slice, CancellationToken stop) =>
                EnumQuery.TryRead<OrganKind>(kind, out var wanted)
                    ? await slice.RunAsync(new PageRequest(1, 1, search, sort), new ListOrgans.Filter(wanted, active), stop)
                    : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(AccountsPermissions.ViewOrgans).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).WithTags("Organs").WithSummary("Export the list of organs");

    public async Task<IResult> RunAsync(PageRequest request, ListOrgans.Filter filter, CancellationToken stop)
    {
        var rows = list.All(request, filter);
        db.Context.Audit("accounts.organs.exported", "organs", new { rows = rows.Count });
        await db.Context.SaveAsync(stop);
        return CsvFile.Of(
            $"organs-{calendar.Today.Day()}",
            [words["Field.NameZh"], words["Field.NameEn"], words["Field.OrganKind"], words["Field.Parent"], words["Field.Seat"], words["Organs.Assignments"], words["Organs.Accounts"], words["Field.State"]],
            rows.Select(r => (IReadOnlyList<string?>)
                [r.NameZh, r.NameEn, words.NameOf(r.Kind), r.Parent is { } parent ? parent.Say() : null, r.SeatName, Number(r.Assignments), Number(r.Accounts), words[r.IsActive ? "State.InForce" : "State.Closed"]]));
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
