using Anlan.ConfinedSpaces.Permits;
using Anlan.ConfinedSpaces.Spaces;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Rules;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Anlan.ConfinedSpaces;

/// <summary>The contents page of ConfinedSpaces.</summary>
public sealed class ConfinedSpacesModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddScoped<ConfinedSpacesDb>();
        services.AddSingleton(new AskedQuestions(SpaceQuestions.All));
        services.AddEntityIndex<SpaceIndex>();
        services.AddSingleton<ISpaces>(provider => provider.GetRequiredService<SpaceIndex>());
        services.TryAddSingleton<IEntryPermits, NoEntryPermits>();
        services.AddSingleton<SpaceGaps>();
        services.AddScoped<SpaceFields>();
        services.AddScoped<SpaceRows>();
        services.AddScoped<FindSpace>();
        services.AddScoped<RegisterSpace>();
        services.AddScoped<EditSpace>();
        services.AddScoped<ChangeSpaceState>();
        services.AddScoped<ReviewSpace>();
        services.AddScoped<ListSpaces>();
        services.AddScoped<ExportSpaces>();
        services.AddScoped<ShowSpace>();
        services.AddScoped<SpaceChoices>();
        services.AddScoped<IRecordUses, SpaceUses>();
        services.AddScoped<IPersonRecords, ResponsibleRecords>();
        services.AddDeskTasks<SpaceTasks>(ConfinedSpacesPermissions.Manage);
        services.AddSubjectPanel<EnterpriseSpacesPanel>("enterprise", ConfinedSpacesPermissions.View, 210);
        services.AddRetention<ConfinedSpace>("spaces", s => s.State == SpaceState.Removed, s => s.StateChangedAt, (_, spaces, held) =>
        {
            var (people, enterprises) = (held.People.Select(person => (PersonId?)new PersonId(person)).ToList(), held.Enterprises.Select(enterprise => new EnterpriseId(enterprise)).ToList());
            return spaces.Where(s => !enterprises.Contains(s.Enterprise) && (s.Responsible == null || !people.Contains(s.Responsible)));
        });
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        RegisterSpace.Map(api);
        EditSpace.Map(api);
        ChangeSpaceState.Map(api);
        ReviewSpace.Map(api);
        ListSpaces.Map(api);
        ExportSpaces.Map(api);
        ShowSpace.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(ConfinedSpacesPermissions.View, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyCommitteeOffice, RoleNames.FireBrigade, RoleNames.JointDepartment, RoleNames.EnforcementOfficer, RoleNames.ExternalExpert, RoleNames.PrincipalResponsible, RoleNames.SafetyManager, RoleNames.PermitApprover]),
        new(ConfinedSpacesPermissions.Manage, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyManager]),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Supervision, "/spaces", "Menu.Spaces", typeof(Words), "well", ConfinedSpacesPermissions.View, 150)];
}
