using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Figures;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Mqtt;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Rules;
using Anlan.Toolkit.Ui;
using Anlan.Toolkit.Webhooks;
using Anlan.Welding.Alarms;
using Anlan.Welding.Chips;
using Anlan.Welding.Evidence;
using Anlan.Welding.Fitting;
using Anlan.Welding.Interlock;
using Anlan.Welding.Live;
using Anlan.Welding.Machines;
using Anlan.Welding.Problems;
using Anlan.Welding.Profiles;
using Anlan.Welding.Sessions;
using Anlan.Welding.Telemetry;
using Anlan.Welding.Webhooks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Anlan.Welding;

/// <summary>The contents page of Welding.</summary>
public sealed class WeldingModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<WeldingDb>();
        AddMachines(services);
        AddInterlock(services, configuration);
        AddChips(services);
        AddSessions(services);
        AddEvidence(services);
        services.AddProfiles();
        services.AddProblems();
        services.AddWeldingAlarms();
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        MapMachines(api);
        TestChip.Map(api);
        StartMachine.Map(api);
        StopMachine.Map(api);
        ClearTamper.Map(api);
        RotateKeys.Map(api);
        ShowLive.Map(api);
        MapSessions(api);
        MapEvidence(api);
        api.MapProfiles();
        api.MapProblems();
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(WeldingPermissions.View, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyCommitteeOffice, RoleNames.FireBrigade, RoleNames.JointDepartment, RoleNames.EnforcementOfficer, RoleNames.ExternalExpert, RoleNames.Installer, RoleNames.PrincipalResponsible, RoleNames.SafetyManager, RoleNames.PermitApprover]),
        new(WeldingPermissions.Register, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyManager]),
        new(WeldingPermissions.Fit, typeof(Words), Standing.Organ, [.. RoleNames.Bureaus, RoleNames.Installer]),
        new(WeldingPermissions.Control, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyManager]),
        new(WeldingPermissions.Keys, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]) { Duty = Duty.System },
        new(WeldingPermissions.Start, typeof(Words), Standing.Person, [RoleNames.Welder]) { InPerson = true },
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuGroup.Supervision, "/welding", "Menu.Live", typeof(Words), "spark", WeldingPermissions.View, 100),
        new(MenuGroup.Supervision, "/welding/refusals", "Menu.Refusals", typeof(Words), "shield", WeldingPermissions.View, 110),
        new(MenuGroup.Supervision, "/welding/sessions", "Menu.Sessions", typeof(Words), "clip", WeldingPermissions.View, 120),
        new(MenuGroup.Supervision, "/welding/problems", "Menu.Problems", typeof(Words), "flag", WeldingPermissions.View, 125),
        new(MenuGroup.Supervision, "/welding/machines", "Menu.Machines", typeof(Words), "scan", WeldingPermissions.View, 130),
        new(MenuGroup.Supervision, "/welding/fittings", "Menu.Fittings", typeof(Words), "plug", WeldingPermissions.View, 140),
    ];

    internal static void AddMachines(IServiceCollection services)
    {
        services.AddEntityIndex<MachineIndex>();
        services.AddSingleton(new AskedQuestions(WeldingQuestions.All));
        services.AddSingleton<FenceRules>();
        services.AddSingleton<IDeviceSites, MachineSites>();
        services.AddScoped<MachineFields>();
        services.AddScoped<MachineRows>();
        services.AddScoped<FindMachine>();
        services.AddScoped<RegisterMachine>();
        services.AddScoped<EditMachine>();
        services.AddScoped<ListMachines>();
        services.AddScoped<ShowMachine>();
        services.AddScoped<FitChip>();
        services.AddScoped<IRecordUses, MachineUses>();
        services.AddImportSheet(MachineSheet.Form);
        services.AddScoped<LockMachine>();
        services.AddScoped<AttachMachineFile>();
        services.AddScoped<ListMachineFiles>();
        services.AddScoped<ReadMachineFile>();
        services.AddScoped<WithdrawMachineFile>();
        services.TryAddSingleton<PublicBaseUrl>();
        services.AddLocalization();
        services.AddScoped<DrawLabel>();
        services.AddScoped<ExportMachines>();
        services.AddScoped<MachineChoices>();
        services.AddDeskTasks<MachineTasks>(WeldingPermissions.View);
        services.AddSubjectPanel<EnterpriseMachinesPanel>("enterprise", WeldingPermissions.View, 200);
        services.AddFitting();
    }

    internal static void MapMachines(IEndpointRouteBuilder api)
    {
        RegisterMachine.Map(api);
        ShowCoverage.Map(api);
        ShowTowns.Map(api);
        ExportTowns.Map(api);
        EditMachine.Map(api);
        ListMachines.Map(api);
        ShowMachine.Map(api);
        FitChip.Map(api);
        LockMachine.Map(api);
        AttachMachineFile.Map(api);
        ListMachineFiles.Map(api);
        ReadMachineFile.Map(api);
        WithdrawMachineFile.Map(api);
        DrawLabel.Map(api);
        ExportMachines.Map(api);
        api.MapFitting();
    }

    internal static void MapSessions(IEndpointRouteBuilder api)
    {
        ListSessions.Map(api);
        ExportSessions.Map(api);
        ListRefusals.Map(api);
        ExportRefusals.Map(api);
        ShowTimeline.Map(api);
        ExportTimeline.Map(api);
        ShowSession.Map(api);
    }

    internal static void AddEvidence(IServiceCollection services)
    {
        services.AddScoped<ReadDecision>();
        services.AddScoped<ShowDecision>();
        services.AddScoped<ExportDecision>();
    }

    internal static void MapEvidence(IEndpointRouteBuilder api)
    {
        ShowDecision.Map(api);
        ExportDecision.Map(api);
    }

    private static void AddInterlock(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WeldingOptions>().Bind(configuration.GetSection("Anlan:Welding")).ValidateOnStart();
        foreach (LogKind kind in new LogKind[] { InterlockLog.Decision, InterlockLog.Renewal, InterlockLog.Revocation, InterlockLog.Lapse }) services.AddSingleton(kind);
        services.AddSingleton<MachineTwins>();
        services.AddSingleton<WeldingRules>();
        services.AddSingleton<FactsReader>();
        services.AddSingleton<GrantDesk>();
        services.AddSingleton<ChipAnswers>();
        services.AddSingleton<ILogObserver>(provider => provider.GetRequiredService<ChipAnswers>());
        services.AddHostedService<SessionClockwork>();
        services.AddSubscriber<CertificateWithdrawn, RecheckSessions>();
        services.AddSubscriber<PersonUnbound, RecheckSessions>();
        services.AddSubscriber<EnterpriseClosed, RecheckSessions>();
        services.AddSubscriber<MachineLocked, RecheckSessions>();
        services.AddScoped<StartMachine>();
        services.AddScoped<StopMachine>();
        services.AddSingleton<IWebhookEvents, WeldingWebhooks>();
    }

    private static void AddChips(IServiceCollection services)
    {
        foreach (LogKind kind in new LogKind[] { ChipLog.Hello, ChipLog.State, ChipLog.Ack, ChipLog.Telemetry, ChipLog.Stray, ChipLog.Event, ChipLog.Offline, ChipLog.Settings }) services.AddSingleton(kind);
        services.AddSelfTests();
        services.AddSingleton<ChipSettingsDesk>();
        services.AddSubscriber<ChipFitted, OnChipFitted>();
        services.AddScoped<ClearTamper>();
        services.AddScoped<RotateKeys>();
        services.AddSingleton<IUplinkHandler, OnHello>();
        services.AddSingleton<IUplinkHandler, OnState>();
        services.AddSingleton<IUplinkHandler, OnAcknowledgement>();
        services.AddSingleton<IUplinkHandler, OnTelemetry>();
        services.AddSingleton<IUplinkHandler, OnEvent>();
        services.AddSingleton<OnOffline>();
        services.AddSingleton<IUplinkHandler>(provider => provider.GetRequiredService<OnOffline>());
        services.AddSingleton<IConnectionObserver>(provider => provider.GetRequiredService<OnOffline>());
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddSingleton<OpenSessions>();
        services.AddFigure("grants.unacknowledged", FigureUnit.Count, "Grants that no chip has acknowledged.", (scope, _) => scope.GetRequiredService<OpenSessions>().Unacknowledged.Count);
        services.AddFigure("grants.age", FigureUnit.Seconds, "Age of the oldest grant that no chip has acknowledged.", (scope, now) =>
            FigureServices.SecondsSince(scope.GetRequiredService<OpenSessions>().Unacknowledged.Select(open => (DateTimeOffset?)open.GrantedAt).Min(), now));
        services.AddSingleton<KnownSessions>();
        services.AddSingleton<IProjection, SessionProjection>();
        services.AddSingleton<IProjection, TimelineProjection>();
        services.AddSingleton<IProjection, RollUpProjection>();
        services.AddScoped<IPersonRecords, WelderRecords>();
        AddRetention(services);
        services.AddScoped<ShowLive>();
        AddLists(services);
        services.AddScoped<ShowBoard>();
        services.AddScoped<ShowTowns>();
        services.AddScoped<ExportTowns>();
        services.AddScoped<ShowCoverage>();
        services.AddSingleton<ILogObserver, TellPages>();
    }

    // Read tables only: the log that they were written from is never deleted from.
    private static void AddRetention(IServiceCollection services)
    {
        services.AddRetention<WeldSession>("sessions", s => s.EndedAt != null, s => s.EndedAt!.Value, (_, sessions, held) =>
        {
            var (people, enterprises) = (held.People.Select(person => new PersonId(person)).ToList(), held.Enterprises.Select(enterprise => new EnterpriseId(enterprise)).ToList());
            return sessions.Where(s => !people.Contains(s.Person) && !enterprises.Contains(s.Enterprise));
        });
        services.AddRetention<RefusedStart>("refusedStarts", null, r => r.At, (_, refused, held) =>
        {
            var (people, enterprises) = (held.People.Select(person => new PersonId(person)).ToList(), held.Enterprises.Select(enterprise => new EnterpriseId(enterprise)).ToList());
            return refused.Where(r => (r.Person == null || !people.Contains(r.Person.Value)) && (r.Enterprise == null || !enterprises.Contains(r.Enterprise.Value)));
        });
        services.AddRetention<MeasuredSpan>("measuredMinutes", s => s.Kind == SpanKind.Minute, s => s.From);
        services.AddRetention<MeasuredSpan>("measuredHours", s => s.Kind == SpanKind.Hour, s => s.From);
        services.AddRetention<MeasuredSpan>("measuredDays", s => s.Kind == SpanKind.Day, s => s.From);
        services.AddRetention<MachineEvent>("machineEvents", null, e => e.HeardAt, (db, events, held) =>
        {
            var (people, enterprises) = (held.People.Select(person => new PersonId(person)).ToList(), held.Enterprises.Select(enterprise => new EnterpriseId(enterprise)).ToList());
            return events.Where(e => (e.Person == null || !people.Contains(e.Person.Value)) && !db.Set<WeldingMachine>().Any(m => m.Id == e.Machine && enterprises.Contains(m.UserEnterprise)));
        });
    }

    internal static void AddLists(IServiceCollection services)
    {
        services.AddScoped<ListSessions>();
        services.AddScoped<ExportSessions>();
        services.AddScoped<ListRefusals>();
        services.AddScoped<ExportRefusals>();
        services.AddScoped<ShowTimeline>();
        services.AddScoped<ExportTimeline>();
        services.AddScoped<ShowSession>();
    }
}
