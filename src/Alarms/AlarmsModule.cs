using Anlan.Alarms.Board;
using Anlan.Alarms.Delivery;
using Anlan.Alarms.Desk;
using Anlan.Alarms.Escalation;
using Anlan.Alarms.Feedback;
using Anlan.Alarms.Handling;
using Anlan.Alarms.Handover;
using Anlan.Alarms.Rosters;
using Anlan.Alarms.Statistics;
using Anlan.Alarms.Watches;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Alarms;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Rules;
using Anlan.Toolkit.Ui;
using Anlan.Toolkit.Webhooks;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Alarms;

/// <summary>The contents page of Alarms.</summary>
public sealed class AlarmsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AlarmsOptions>().Bind(configuration.GetSection("Anlan:Alarms")).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<AlarmsDb>();
        services.AddScoped<AlarmReach>();
        services.AddSingleton<LogKind>(ConditionBody.LogKind);
        services.AddSingleton<LogKind>(StepBody.LogKind);
        services.AddSingleton<AlarmKinds>();
        services.AddSingleton<AlarmBoard>();
        services.AddSingleton<IStartUpStep, AlarmBoardLoading>();
        services.AddSingleton<IProjection, AlarmProjection>();
        services.AddSingleton<WatchClockwork>();
        services.AddHostedService(provider => provider.GetRequiredService<WatchClockwork>());
        services.AddSingleton(new AskedQuestions(AlarmQuestions.All));
        services.AddSingleton<AlarmTimes>();
        services.AddSingleton<EscalationClockwork>();
        services.AddHostedService(provider => provider.GetRequiredService<EscalationClockwork>());
        AddDelivery(services);
        AddDuty(services);
        services.AddScoped<MoveAlarm>();
        services.AddScoped<AcknowledgeMany>();
        services.AddSingleton<AlarmWords>();
        services.AddSingleton<AlarmRows>();
        services.AddScoped<ListAlarms>();
        services.AddScoped<ShowAlarm>();
        services.AddScoped<ExportAlarm>();
        services.AddScoped<HearAlarms>();
        services.AddScoped<ShowStatistics>();
        services.AddScoped<ShowHandover>();
        services.AddSubscriber<AlarmJudged, SuggestAfterFalse>();
        services.AddScoped<ListSuggestions>();
        services.AddScoped<DecideSuggestion>();
        services.AddDeskTasks<AlarmTasks>(AlarmsPermissions.Handle);
        services.AddTopBarPart<AlarmBell>(AlarmsPermissions.View);
        services.AddRetention<Alarm>("alarms", alarm => alarm.EndedAt != null && !alarm.IsLasting, alarm => alarm.EndedAt!.Value, WithoutHeld, RemoveStepsAsync);
        services.AddRetention<AlarmSuggestion>("alarmSuggestions", suggestion => suggestion.DecidedAt != null, suggestion => suggestion.DecidedAt!.Value, (_, suggestions, held) =>
        {
            var enterprises = held.Enterprises.Select(enterprise => (EnterpriseId?)new EnterpriseId(enterprise)).ToList();
            return suggestions.Where(suggestion => !enterprises.Contains(suggestion.Enterprise));
        });
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListAlarms.Map(api);
        ShowAlarm.Map(api);
        ExportAlarm.Map(api);
        ShowStatistics.Map(api);
        ShowHandover.Map(api);
        ListSuggestions.Map(api);
        DecideSuggestion.Map(api);
        MoveAlarm.Map(api);
        AcknowledgeMany.Map(api);
        OwnPreference.Map(api);
        ListRobots.Map(api);
        EnterRobot.Map(api);
        ListShifts.Map(api);
        EnterShift.Map(api);
        ListLeaves.Map(api);
        EnterLeave.Map(api);
        ShowWeek.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(AlarmsPermissions.View, typeof(Words), Standing.Organ | Standing.Enterprise | Standing.Installation, [.. RoleNames.Bureaus, RoleNames.SafetyCommitteeOffice, RoleNames.FireBrigade, RoleNames.JointDepartment, RoleNames.EnforcementOfficer, RoleNames.PrincipalResponsible, RoleNames.SafetyManager, RoleNames.SystemAdministrator]) { AtInstallation = Duty.System },
        new(AlarmsPermissions.Handle, typeof(Words), Standing.Organ | Standing.Enterprise | Standing.Installation, [.. RoleNames.Bureaus, RoleNames.FireBrigade, RoleNames.PrincipalResponsible, RoleNames.SafetyManager, RoleNames.SystemAdministrator]) { AtInstallation = Duty.System },
        new(AlarmsPermissions.Plan, typeof(Words), Standing.Organ | Standing.Enterprise | Standing.Installation, [.. RoleNames.Bureaus, RoleNames.FireBrigade, RoleNames.PrincipalResponsible, RoleNames.SafetyManager, RoleNames.SystemAdministrator]) { AtInstallation = Duty.System },
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Supervision, "/alarms", "Menu.Alarms", typeof(Words), "bell", AlarmsPermissions.View, 90)];

    private static void AddDelivery(IServiceCollection services)
    {
        services.AddSingleton<LogKind>(PushBody.LogKind);
        services.AddSubscriber<AlarmToTell, PushAlarm>();
        services.AddAlarmTeller<NobodyTeller>();
        services.AddSingleton<IWebhookEvents, AlarmWebhooks>();
        services.AddScoped<OwnPreference>();
        services.AddScoped<AlarmPost>();
        services.AddScoped<MessageQuota>();
        services.AddScoped<SendDigests>();
        services.AddSingleton<DigestClockwork>();
        services.AddHostedService(provider => provider.GetRequiredService<DigestClockwork>());
        services.AddScoped<ListRobots>();
        services.AddScoped<EnterRobot>();
    }

    private static void AddDuty(IServiceCollection services)
    {
        services.AddEntityIndex<ShiftIndex>();
        services.AddEntityIndex<LeaveIndex>();
        services.AddSingleton<DutyRoster>();
        services.AddScoped<OfficeReach>();
        services.AddScoped<OfficeNames>();
        services.AddScoped<ListShifts>();
        services.AddScoped<EnterShift>();
        services.AddScoped<ListLeaves>();
        services.AddScoped<EnterLeave>();
        services.AddScoped<ShowWeek>();
    }

    private static IQueryable<Alarm> WithoutHeld(AnlanDb db, IQueryable<Alarm> alarms, Held held)
    {
        var enterprises = held.Enterprises.Select(enterprise => (EnterpriseId?)new EnterpriseId(enterprise)).ToList();
        return alarms.Where(alarm => !enterprises.Contains(alarm.Enterprise));
    }

    private static async Task RemoveStepsAsync(AnlanDb db, List<Alarm> alarms, CancellationToken stop)
    {
        var numbers = alarms.ConvertAll(alarm => alarm.Number);
        await db.Set<AlarmStep>().Where(step => numbers.Contains(step.Alarm)).ExecuteDeleteAsync(stop);
        await db.Set<AlarmReceipt>().Where(receipt => numbers.Contains(receipt.Alarm)).ExecuteDeleteAsync(stop);
    }
}
