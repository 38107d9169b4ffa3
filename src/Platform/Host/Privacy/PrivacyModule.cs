using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Host.Privacy.Access;
using Anlan.Host.Privacy.Keys;
using Anlan.Host.Privacy.People;
using Anlan.Host.Privacy.Retention;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Mqtt;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Rules;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Privacy;

/// <summary>The contents page of what the platform owes the people whose data it keeps.</summary>
public sealed class PrivacyModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddScoped<ListAccess>();
        services.AddScoped<ExportAccess>();
        services.AddScoped<ListOwnAccess>();
        services.AddScoped<ListKeys>();
        services.AddScoped<RotateKey>();
        services.AddScoped<DestroyKey>();
        services.AddScoped<IPersonRecords, AccessRecords>();
        services.AddScoped<ExportPerson>();
        services.AddScoped<ShowErasure>();
        services.AddScoped<ErasePerson>();
        services.AddScoped<Obstacles>();
        AddRetention(services);
        services.AddHostedService(provider => provider.GetRequiredService<ResealJob>());
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListAccess.Map(api);
        ExportAccess.Map(api);
        ListOwnAccess.Map(api);
        ListKeys.Map(api);
        RotateKey.Map(api);
        DestroyKey.Map(api);
        ExportPerson.Map(api);
        ShowErasure.Map(api);
        ErasePerson.Map(api);
        ListRetention.Map(api);
        ExportRetention.Map(api);
        ListHolds.Map(api);
        ExportHolds.Map(api);
        SetHold.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(PrivacyPermissions.ViewAccess, typeof(Words), Standing.Installation, [RoleNames.AuditAdministrator]) { Duty = Duty.Audit },
        new(PrivacyPermissions.ViewKeys, typeof(Words), Standing.Installation, [RoleNames.SecurityAdministrator]) { Duty = Duty.Security },
        new(PrivacyPermissions.RotateKeys, typeof(Words), Standing.Installation, [RoleNames.SecurityAdministrator]) { Duty = Duty.Security, InPerson = true },
        new(PrivacyPermissions.ExportPeople, typeof(Words), Standing.Organ, [RoleNames.CityBureau]) { InPerson = true },
        new(PrivacyPermissions.ErasePeople, typeof(Words), Standing.Organ, [RoleNames.CityBureau]) { InPerson = true },
        new(PrivacyPermissions.ViewRetention, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator, RoleNames.AuditAdministrator]),
        new(PrivacyPermissions.SetHolds, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]) { Duty = Duty.System },
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuGroup.Base, "/access", "Menu.Access", typeof(Words), "eye", PrivacyPermissions.ViewAccess, 800),
        new(MenuGroup.Base, "/personal-keys", "Menu.Keys", typeof(Words), "lock", PrivacyPermissions.ViewKeys, 860),
        new(MenuGroup.Base, "/retention", "Menu.Retention", typeof(Words), "cal", PrivacyPermissions.ViewRetention, 850),
    ];

    private static void AddRetention(IServiceCollection services)
    {
        services.AddSingleton<RetentionRules>();
        services.AddScoped<ListRetention>();
        services.AddScoped<ExportRetention>();
        services.AddScoped<ListHolds>();
        services.AddScoped<ExportHolds>();
        services.AddScoped<SetHold>();
        services.AddSingleton<DeletePastRecords>();
        services.AddHostedService(provider => provider.GetRequiredService<DeletePastRecords>());
        services.AddSingleton(provider => new AskedQuestions(
            [ErasureQuestions.Employed, ErasureQuestions.Certified, ErasureQuestions.Working, ErasureQuestions.Kept, .. provider.GetServices<IRetainedRecords>().Select(kind => RetentionRules.QuestionOf(kind.Key))]));
        services.AddRetention<AuditRecord>("audit", null, a => a.At, WithoutHeldSubjects);
        services.AddRetention<AccessRecord>("access", null, a => a.At, WithoutHeldPeople, RemoveSeenAsync);
        services.AddRetention<RejectedUplink>("rejected", null, m => m.At);
    }

    private static IQueryable<AuditRecord> WithoutHeldSubjects(AnlanDb db, IQueryable<AuditRecord> audits, Held held)
    {
        List<string> subjects = [.. held.People.Select(person => $"person/{person}"), .. held.Enterprises.Select(enterprise => $"enterprise/{enterprise}")];
        return audits.Where(a => !subjects.Contains(a.Subject));
    }

    private static IQueryable<AccessRecord> WithoutHeldPeople(AnlanDb db, IQueryable<AccessRecord> looks, Held held) =>
        looks.Where(a => !db.Set<AccessedPerson>().Any(seen => seen.Access == a.Id && held.People.Contains(seen.Person)));

    private static async Task RemoveSeenAsync(AnlanDb db, List<AccessRecord> looks, CancellationToken stop)
    {
        var ids = looks.ConvertAll(look => look.Id);
        await db.Set<AccessedPerson>().Where(seen => ids.Contains(seen.Access)).ExecuteDeleteAsync(stop);
    }
}
