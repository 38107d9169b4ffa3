using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Divisions;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.People;
using Anlan.Enterprises.Registry;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Enterprises;

/// <summary>The contents page of Enterprises.</summary>
public sealed class EnterprisesModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EnterprisesOptions>().Configure(options => options.AllowSyntheticIdentities = configuration.GetValue("Anlan:Demo", false));
        services.AddLocalization();
        services.AddScoped<EnterprisesDb>();
        AddDivisions(services);
        AddRegistry(services);
        AddPeople(services);
        services.AddDeskTasks<EndingBindingTasks>(EnterprisesPermissions.EditPeople);
        services.AddImportSheet(EnterpriseSheet.Form).AddImportSheet(PersonSheet.Form).AddImportSheet(EmploymentSheet.Form);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListDivisions.Map(api);
        RegisterEnterprise.Map(api);
        ListEnterprises.Map(api);
        ExportEnterprises.Map(api);
        ShowEnterprise.Map(api);
        EditEnterprise.Map(api);
        CloseEnterprise.Map(api);
        AddPerson.Map(api);
        EnrolPerson.Map(api);
        ListPeople.Map(api);
        ExportPeople.Map(api);
        ShowPerson.Map(api);
        EditPerson.Map(api);
        RevealPerson.Map(api);
        BindPerson.Map(api);
        EndEmployment.Map(api);
        ListEmployments.Map(api);
        ExportEmployments.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(EnterprisesPermissions.View, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Organs.Except([RoleNames.Installer]), .. RoleNames.Enterprises]),
        new(EnterprisesPermissions.Edit, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyManager]),
        new(EnterprisesPermissions.Register, typeof(Words), Standing.Organ, [.. RoleNames.Bureaus]),
        new(EnterprisesPermissions.ViewPeople, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyCommitteeOffice, RoleNames.FireBrigade, RoleNames.JointDepartment, RoleNames.EnforcementOfficer, RoleNames.ExamOfficer, RoleNames.PrincipalResponsible, RoleNames.SafetyManager]),
        new(EnterprisesPermissions.EditPeople, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyManager]),
        new(EnterprisesPermissions.RevealPeople, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.EnforcementOfficer, RoleNames.SafetyManager]),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuGroup.Base, "/enterprises", "Menu.Enterprises", typeof(Words), "works", EnterprisesPermissions.View, 100),
        new(MenuGroup.Base, "/people", "Menu.People", typeof(Words), "user", EnterprisesPermissions.ViewPeople, 110),
    ];

    private static void AddDivisions(IServiceCollection services)
    {
        services.AddSingleton<DivisionTree>();
        services.AddSingleton<IDivisions>(provider => provider.GetRequiredService<DivisionTree>());
        services.AddSingleton<IStartUpStep>(provider => provider.GetRequiredService<DivisionTree>());
        services.AddSingleton<IDivisionNames, DivisionNames>();
        services.AddScoped<ListDivisions>();
    }

    private static void AddRegistry(IServiceCollection services)
    {
        services.AddEntityIndex<EnterpriseIndex>();
        services.AddSingleton<IEnterprises>(provider => provider.GetRequiredService<EnterpriseIndex>());
        services.AddScoped<FindEnterprises>();
        services.AddScoped<RegisterEnterprise>();
        services.AddScoped<ListEnterprises>();
        services.AddScoped<ExportEnterprises>();
        services.AddScoped<ShowEnterprise>();
        services.AddScoped<EditEnterprise>();
        services.AddScoped<CloseEnterprise>();
    }

    private static void AddPeople(IServiceCollection services)
    {
        services.AddSingleton<PersonSeal>();
        services.AddEntityIndex<PersonIndex>();
        services.AddSingleton<PersonCheck>();
        services.AddSingleton<PersonScope>();
        services.AddSingleton<IPeople>(provider => provider.GetRequiredService<PersonScope>());
        services.AddEntityIndex<EmploymentIndex>();
        services.AddSingleton<IEmployment>(provider => provider.GetRequiredService<EmploymentIndex>());
        services.AddScoped<IContacts, PersonContacts>();
        services.AddScoped<IPersonRecords, PersonRecords>();
        services.AddRetention<FormerName>("formerNames", null, n => n.Until, (_, names, held) =>
        {
            var people = held.People.Select(person => new PersonId(person)).ToList();
            return names.Where(n => !people.Contains(n.Person));
        });
        services.AddScoped<AddPerson>();
        services.AddScoped<EnrolPerson>();
        services.AddScoped<ListPeople>();
        services.AddScoped<ExportPeople>();
        services.AddScoped<ShowPerson>();
        services.AddScoped<EditPerson>();
        services.AddScoped<RevealPerson>();
        services.AddScoped<BindPerson>();
        services.AddScoped<EndEmployment>();
        services.AddScoped<ListEmployments>();
        services.AddScoped<ExportEmployments>();
        services.AddSingleton<UnbindAtEnd>();
        services.AddHostedService(provider => provider.GetRequiredService<UnbindAtEnd>());
    }
}
