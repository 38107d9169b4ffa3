using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Accounts.CertificateClaims;

/// <summary>Registers claims by certificate.</summary>
internal static class CertificateClaimServices
{
    public static IServiceCollection AddCertificateClaims(this IServiceCollection services) => services
        .AddScoped<ClaimByCertificate>().AddScoped<ListCertificateClaims>().AddScoped<ExportCertificateClaims>().AddScoped<DecideCertificateClaim>().AddDeskTasks<CertificateClaimTasks>(AccountsPermissions.Invite)
        .AddSingleton<DropLapsedClaims>().AddHostedService(provider => provider.GetRequiredService<DropLapsedClaims>());

    public static void MapCertificateClaims(this IEndpointRouteBuilder api)
    {
        ClaimByCertificate.Map(api);
        ListCertificateClaims.Map(api);
        ExportCertificateClaims.Map(api);
        DecideCertificateClaim.Map(api);
    }
}
