using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.CertificateClaims;

/// <summary>Claims by certificate that wait within scope, as a file; names masked.</summary>
internal sealed class ExportCertificateClaims(ListCertificateClaims list, ListFile file, IStringLocalizer<Words> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/certificate-claims/export", (string? search, ExportCertificateClaims slice, CancellationToken stop) => slice.RunAsync(search, stop))
            .RequirePermission(AccountsPermissions.Invite).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Records).ShowsPeople().WithTags("Accounts").WithSummary("Export claims by certificate that wait");

    public Task<IResult> RunAsync(string? search, CancellationToken stop) =>
        file.OfAsync(
            "claims", "accounts.claims.exported", page => list.RunAsync(page with { Search = search }, stop), stop,
            (words["Accounts.Column.Name"], row => row.Name),
            (words["Accounts.Column.Enterprise"], row => row.Enterprise),
            (words["Accounts.Column.UserName"], row => row.UserName),
            (words["Claims.AskedAt"], row => row.AskedAt),
            (words["Slip.Expires"], row => row.ExpiresAt));
}
