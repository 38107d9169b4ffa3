using Anlan.Cameras.Events;
using Anlan.Cameras.Live;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Work;
using Anlan.Cameras.Zones;
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
using Anlan.Toolkit.Security;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Cameras;

/// <summary>The contents page of Cameras.</summary>
public sealed class CamerasModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CamerasOptions>().Bind(configuration.GetSection("Anlan:Cameras")).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<CamerasDb>();
        services.AddSingleton(new AskedQuestions(CameraQuestions.All));
        AddRegistry(services);
        AddZones(services);
        AddWork(services);
        AddEvents(services);
        services.AddSingleton<LiveDesk>();
        services.AddScoped<TakeLivePicture>();
        services.AddScoped<ReadLivePicture>();
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListCameras.Map(api);
        ShowCamera.Map(api);
        RegisterCamera.Map(api);
        EditCamera.Map(api);
        SwitchCamera.Map(api);
        ShowZones.Map(api);
        DrawZones.Map(api);
        PreviewZones.Map(api);
        ShowSight.Map(api);
        ReadLivePicture.Map(api);
        ListCameraEvents.Map(api);
        ShowCameraEvent.Map(api);
        ReadPicture.Map(api);
        ConfirmEntry.Map(api);
        ExportCameraEvent.Map(api);
        LeaseCameras.Map(api);
        TakeEvents.Map(api);
        TakeClip.Map(api);
        TakeLivePicture.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(CamerasPermissions.View, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.FireBrigade, RoleNames.EnforcementOfficer, RoleNames.PrincipalResponsible, RoleNames.SafetyManager]),
        new(CamerasPermissions.Manage, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.PrincipalResponsible, RoleNames.SafetyManager]),
        new(CamerasPermissions.Confirm, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.PrincipalResponsible, RoleNames.SafetyManager]),
        new(CamerasPermissions.Work, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.PrincipalResponsible, RoleNames.SafetyManager]),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Supervision, "/cameras", "Menu.Cameras", typeof(Words), "cam", CamerasPermissions.View, 70)];

    private static void AddRegistry(IServiceCollection services)
    {
        services.AddEntityIndex<CameraIndex>();
        services.AddScoped<FindCamera>();
        services.AddScoped<CameraFields>();
        services.AddScoped<SpaceChoices>();
        services.AddSubjectPanel<SpaceCamerasPanel>("space", CamerasPermissions.View, 10);
        services.AddScoped<CameraRows>();
        services.AddScoped<ListCameras>();
        services.AddScoped<ShowCamera>();
        services.AddScoped<RegisterCamera>();
        services.AddScoped<EditCamera>();
        services.AddScoped<SwitchCamera>();
    }

    private static void AddZones(IServiceCollection services)
    {
        services.AddEntityIndex<ZoneIndex>();
        services.AddSingleton<SeenHour>();
        services.AddScoped<ZoneHistory>();
        services.AddScoped<ShowZones>();
        services.AddScoped<DrawZones>();
        services.AddScoped<PreviewZones>();
    }

    private static void AddWork(IServiceCollection services)
    {
        services.AddSingleton<LeaseDesk>();
        services.AddScoped<IStartUpStep, LeaseLoading>();
        services.AddSingleton<SightStates>();
        services.AddSingleton<ILogObserver>(provider => provider.GetRequiredService<SightStates>());
        services.AddSingleton<IStartUpStep, SightStatesLoading>();
        services.AddSingleton<SightDesk>();
        services.AddSingleton<LeaseClockwork>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaseClockwork>());
        services.AddScoped<LeaseCameras>();
        services.AddScoped<TakeEvents>();
        services.AddScoped<TakeClip>();
    }

    private static void AddEvents(IServiceCollection services)
    {
        services.AddSingleton<LogKind>(CameraEventBody.LogKind);
        services.AddSingleton<LogKind>(CameraClipBody.LogKind);
        services.AddSingleton<LogKind>(EntryConfirmedBody.LogKind);
        services.AddSingleton<ConfirmedEntries>();
        services.AddSingleton<IStartUpStep, ConfirmedEntriesLoading>();
        services.AddSingleton<ILogObserver>(provider => provider.GetRequiredService<ConfirmedEntries>());
        services.AddSingleton<IProjection, EventProjection>();
        services.AddAlarmTeller<CameraTeller>();
        services.AddSubscriber<AlarmJudged, MarkJudged>();
        services.AddScoped<ListCameraEvents>();
        services.AddScoped<ShowCameraEvent>();
        services.AddScoped<ShowSight>();
        services.AddScoped<ReadPicture>();
        services.AddScoped<ConfirmEntry>();
        services.AddScoped<ExportCameraEvent>();
        services.AddRetention<CameraEvent>("cameraEvents", null, seen => seen.HeardAt, WithoutHeld, RemoveEvents.FilesOfAsync);
    }

    private static IQueryable<CameraEvent> WithoutHeld(AnlanDb db, IQueryable<CameraEvent> events, Held held)
    {
        var enterprises = held.Enterprises.Select(enterprise => new EnterpriseId(enterprise)).ToList();
        return events.Where(seen => !enterprises.Contains(seen.Enterprise));
    }
}
