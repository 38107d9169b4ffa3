using Anlan.Accounts;
using Anlan.Alarms;
using Anlan.Cameras;
using Anlan.ConfinedSpaces;
using Anlan.Devices;
using Anlan.Enterprises;
using Anlan.Host.Cluster;
using Anlan.Host.Desk;
using Anlan.Host.Doors;
using Anlan.Host.Imports;
using Anlan.Host.Messages;
using Anlan.Host.Operations;
using Anlan.Host.Operations.Backups;
using Anlan.Host.Operations.Figures;
using Anlan.Host.Operations.Memory;
using Anlan.Host.Operations.Telemetry;
using Anlan.Host.Privacy;
using Anlan.Host.Rules;
using Anlan.Host.Webhooks;
using Anlan.Host.WorkingDays;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Mqtt;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Rules;
using Anlan.Toolkit.Security;
using Anlan.Toolkit.Telemetry;
using Anlan.Toolkit.Time;
using Anlan.Training;
using Anlan.Welding;
using Microsoft.EntityFrameworkCore;
using Orleans.Configuration;

namespace Anlan.Host;

/// <summary>Puts the modules together; the same composition for the program, the tests and the benches.</summary>
internal static class HostApplication
{
    /// <summary>The contents page of the platform.</summary>
    public static ModuleList Modules { get; } = new(
        new DeskModule(),
        new EnterprisesModule(),
        new AccountsModule(),
        new DevicesModule(),
        new TrainingModule(),
        new AlarmsModule(),
        new WeldingModule(),
        new ConfinedSpacesModule(),
        new CamerasModule(),
        new RulesModule(),
        new WorkingDaysModule(),
        new ImportsModule(),
        new PrivacyModule(),
        new MessagesModule(),
        new WebhooksModule(),
        new OperationsModule());

    /// <summary>Builds the application without starting it. <paramref name="adjust"/> comes last: tests replace clock and stores there.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = builder.Configuration.GetSection("Anlan").Get<HostSettings>() ?? new HostSettings();
        settings.Cluster.Check(!string.IsNullOrWhiteSpace(settings.Postgres));
        // The first thing that the start waits for, and nothing else needs a second processor meanwhile. A fault shows again where the model is needed.
        _ = Task.Run(() => BuildModel(settings.Database), CancellationToken.None);
        // A build that was not published finds its styles and scripts where they were compiled from.
        builder.WebHost.UseStaticWebAssets();
        builder.AddDoors(settings);
        builder.AddTelemetry();

        AddPlatform(builder, settings);
        var frame = builder.Services.ToHashSet();
        AddWork(builder.Services, settings.Cluster.HasOthers);
        foreach (var module in Modules.Modules) module.AddServices(builder.Services, builder.Configuration);
        if (settings.Cluster.HasOthers) builder.Services.OnlyWhereItIsDecided(frame);
        builder.AddShell();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.MapShell(Modules, settings);
        return app;
    }

    // Entity Framework keeps a model for all contexts of the same composition.
    private static void BuildModel(DatabaseChoice choice)
    {
        var options = new DbContextOptionsBuilder<AnlanDb>();
        DataServices.Use(options, choice, ":memory:");
        using var db = OpenDb(options.Options);
        _ = db.Model;
    }

    /// <summary>A context of its own over given options, without the running server.</summary>
    public static AnlanDb OpenDb(DbContextOptions<AnlanDb> options) => new(options, Modules, new CommitGate([]), Audience.OfEverything, TimeProvider.System, new CurrentActor());

    private static void AddPlatform(WebApplicationBuilder builder, HostSettings settings)
    {
        var services = builder.Services;
        var city = CityPack.Load(Path.Combine(AppContext.BaseDirectory, settings.CityPack));
        services.AddSingleton(settings);
        services.AddSingleton(city);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new CityCalendar(city.Zone, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(Modules);
        services.AddRuleBook();
        services.AddWorkDays();
        services.AddSingleton(new DataFolder(settings.Data));
        services.AddAnlanData(settings.Database);
        services.AddPermissions();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton(provider => settings.Database.OpenLog(provider.GetRequiredService<DataFolder>()));
        services.AddSingleton<LogKinds>();
        services.AddSingleton<HotLog>();
        services.AddTelemetryLog(builder.Configuration, settings.Database);
        services.AddSingleton<Projector>();
        services.AddLogEvidence(builder.Configuration);
        services.AddEvidenceFiles(builder.Configuration);
        services.AddSingleton<DatabaseBackup>();
        services.AddSingleton<DatabaseSetup>();
        if (settings.Cluster.HasOthers) builder.AddCluster(settings, silo => Trace(silo, builder.Configuration));
        else AddOwnSilo(builder);
        services.AddMqttBroker(builder.Configuration);
        services.AddHostedService<IdleMemoryJob>();
    }

    // Started in this order, before the doors: schema and indexes, then the read tables, then the events. In a cluster only the deciding process does any of it.
    private static void AddWork(IServiceCollection services, bool hasOthers)
    {
        if (hasOthers) services.AddHostedService<CloseLogs>();
        services.AddHostedService<StartUp>();
        services.AddHostedService(provider => provider.GetRequiredService<Projector>());
        services.AddSingleton<OutboxDelivery>();
        services.AddHostedService<OutboxDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<RejectedUplinkWriter>());
        services.AddHostedService(provider => provider.GetRequiredService<FiguresJob>());
        services.AddHostedService(provider => provider.GetRequiredService<HeadClockwork>());
        services.AddHostedService(provider => provider.GetRequiredService<BackupJob>());
        services.AddHostedService(provider => provider.GetRequiredService<RemoveUnnamedFiles>());
    }

    private static void AddOwnSilo(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ILead, OnlyProcess>();
        builder.Host.UseOrleans(silo =>
        {
            var (silosPort, gatewayPort) = (FreePort.Find(), FreePort.Find());
            // A cluster of its own name: two servers on one machine must never take each other for one cluster, whatever port one finds after the other.
            silo.UseLocalhostClustering(silosPort, gatewayPort, clusterId: "anlan-" + Guid.CreateVersion7().ToString("N"));
            // Alone, nobody else could find this process dead: only a fault of the protocol could, and it ends the process.
            silo.Configure<ClusterMembershipOptions>(membership => membership.LivenessEnabled = false);
            Trace(silo, builder.Configuration);
        });
    }

    // A filter around every call: only where somebody looks at traces.
    private static void Trace(ISiloBuilder silo, ConfigurationManager configuration)
    {
        if (configuration.IsTraced()) silo.AddActivityPropagation();
    }
}
