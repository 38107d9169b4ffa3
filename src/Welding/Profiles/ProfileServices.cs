using Anlan.Toolkit.Data;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Welding.Profiles;

/// <summary>What profiles add to the module.</summary>
internal static class ProfileServices
{
    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddProfileSlices();
        services.AddHostedService<ProfileTurn>();
        services.AddSubjectPanel<ProfilePanel>("enterprise", WeldingPermissions.View, 100);
        services.AddSubjectPanel<WelderProfilePanel>("person", WeldingPermissions.View, 100);
        services.AddRetention<ProfileMonth>("profiles", null, p => p.EndsAt, (_, profiles, held) =>
        {
            var (people, enterprises) = (held.People.ToList(), held.Enterprises.ToList());
            return profiles.Where(p =>
                !(p.Subject == ProfileSubject.Welder && people.Contains(p.Of)) && !(p.Subject == ProfileSubject.Enterprise && enterprises.Contains(p.Of)));
        });
        return services;
    }

    public static IServiceCollection AddProfileSlices(this IServiceCollection services)
    {
        services.AddSingleton<ProfileDesk>();
        services.AddSingleton<IConcernListener>(provider => provider.GetRequiredService<ProfileDesk>());
        services.AddScoped<StandingRecords>();
        services.AddScoped<ToldRecords>();
        services.AddScoped<CountProfiles>();
        services.AddScoped<ProfileRecords>();
        services.AddScoped<FindSubject>();
        services.AddScoped<ShowProfile>();
        services.AddScoped<ListProfileRecords>();
        services.AddScoped<ExportProfileRecords>();
        return services;
    }

    public static void MapProfiles(this IEndpointRouteBuilder api)
    {
        ShowProfile.Map(api);
        ListProfileRecords.Map(api);
        ExportProfileRecords.Map(api);
    }
}
