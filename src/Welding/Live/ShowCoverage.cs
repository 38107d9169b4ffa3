using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Welding.Fitting;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace Anlan.Welding.Live;

/// <summary>How far the registration of a place has come, counted from the records within one's scope at this moment: no figure is kept anywhere.</summary>
internal sealed class ShowCoverage(MachineIndex machines, IPeople people, IQualifications qualifications, CurrentScope scope, CityCalendar calendar, IConfiguration configuration)
{
    private const string Category = "welding";

    /// <param name="Enterprises">Enterprises that use machines.</param>
    /// <param name="Machines">Machines that are not scrapped.</param>
    /// <param name="Chipped">Those that have a chip.</param>
    /// <param name="Active">Those whose chip was tested and put to use.</param>
    /// <param name="Welders">People who hold a welding certificate.</param>
    /// <param name="Valid">Those of whom one is in its dates today and not revoked.</param>
    /// <param name="At">When it was counted.</param>
    /// <param name="IsDemo">The records are those of the demo county.</param>
    public sealed record Coverage(int Enterprises, int Machines, int Chipped, int Active, int Welders, int Valid, DateTimeOffset At, bool IsDemo)
    {
        /// <summary>Percent of machines that have a chip; null without machines.</summary>
        public double? Percent => Machines == 0 ? null : 100.0 * Chipped / Machines;

        /// <summary>Percent of machines whose chip is in use; null without machines.</summary>
        public double? ActivePercent => Machines == 0 ? null : 100.0 * Active / Machines;
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/welding/coverage", (ShowCoverage slice) => slice.Run()).RequirePermission(WeldingPermissions.View).Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Count enterprises, machines, chips and certified welders within one's scope");

    public Coverage Run()
    {
        var (now, today) = (scope.Now, calendar.Today);
        var kept = machines.Within(now).Where(machine => machine.ScrapReason is null).ToList();
        var held = people.Within(now).Select(person => qualifications.CertificatesOf(person).Where(certificate => certificate.Category == Category).ToList()).Where(certificates => certificates.Count > 0).ToList();
        return new Coverage(
            kept.Select(machine => machine.UserEnterprise).Distinct().Count(), kept.Count, kept.Count(machine => machine.Chip is not null), kept.Count(machine => machine.Fitting == FittingState.Active), held.Count,
            held.Count(certificates => certificates.Exists(certificate => !certificate.IsRevoked && certificate.IssuedOn <= today && today <= certificate.ExpiresOn)), calendar.Now, configuration.GetValue("Anlan:Demo", false));
    }
}
