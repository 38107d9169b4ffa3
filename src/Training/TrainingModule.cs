using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Rules;
using Anlan.Toolkit.Ui;
using Anlan.Training.Certificates;
using Anlan.Training.Expiries;
using Anlan.Training.PublicChecks;
using Anlan.Training.Reminders;
using Anlan.Training.Scans;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Training;

/// <summary>The contents page of Training.</summary>
public sealed class TrainingModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddScoped<TrainingDb>();
        services.AddSingleton(new AskedQuestions(CertificateRules.Asked));
        services.AddSingleton<CertificateRules>();
        services.AddSingleton<CertificateSeal>();
        services.AddEntityIndex<CertificateIndex>();
        services.AddSingleton<IQualifications>(provider => provider.GetRequiredService<CertificateIndex>());
        services.AddSingleton<TellLapsedCertificates>();
        services.AddHostedService(provider => provider.GetRequiredService<TellLapsedCertificates>());
        services.AddScoped<IPersonRecords, HolderRecords>();
        services.AddScoped<IRecordUses, CertificateUses>();
        services.AddImportSheet(CertificateSheet.Form);
        services.AddScoped<CertificateDesk>();
        services.AddScoped<FindHolder>();
        services.AddScoped<EnterCertificate>();
        services.AddScoped<EditCertificate>();
        services.AddScoped<ReviewCertificate>();
        services.AddScoped<RevokeCertificate>();
        services.AddScoped<ListCertificates>();
        services.AddScoped<ExportCertificates>();
        services.AddScoped<ShowCertificate>();
        services.AddScoped<AttachScan>();
        services.AddScoped<OpenScan>();
        services.AddScoped<WithdrawScan>();
        services.AddDeskTasks<CertificateTasks>(TrainingPermissions.Edit);
        services.AddExpiries();
        services.AddPublicChecks();
        services.AddSingleton<RemindHolders>();
        services.AddHostedService(provider => provider.GetRequiredService<RemindHolders>());
        services.AddSubjectPanel<PersonCertificatesPanel>("person", TrainingPermissions.View, 100);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        EnterCertificate.Map(api);
        EditCertificate.Map(api);
        ReviewCertificate.Map(api);
        RevokeCertificate.Map(api);
        ListCertificates.Map(api);
        ExportCertificates.Map(api);
        ShowCertificate.Map(api);
        api.MapExpiries();
        api.MapPublicChecks();
        AttachScan.Map(api);
        OpenScan.Map(api);
        WithdrawScan.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(TrainingPermissions.View, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyCommitteeOffice, RoleNames.FireBrigade, RoleNames.JointDepartment, RoleNames.EnforcementOfficer, RoleNames.ExamOfficer, RoleNames.Invigilator, RoleNames.Assessor, RoleNames.PrincipalResponsible, RoleNames.SafetyManager]),
        new(TrainingPermissions.Edit, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyManager]),
        new(TrainingPermissions.Scans, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.EnforcementOfficer, RoleNames.SafetyManager]),
        new(TrainingPermissions.Revoke, typeof(Words), Standing.Organ, [.. RoleNames.Bureaus]),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Services, "/certificates", "Menu.Certificates", typeof(Words), "cap", TrainingPermissions.View, 100)];
}
