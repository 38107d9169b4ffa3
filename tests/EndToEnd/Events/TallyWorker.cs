using Anlan.Benchmarks;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Anlan.EndToEnd.Events;

/// <summary>A program of its own that saves counted things with their events while the real dispatcher delivers them; made to be killed.</summary>
internal static class TallyWorker
{
    public const string Verb = "tally-worker";

    /// <summary>Makes the tables.</summary>
    public const string SetUp = "set-up";

    /// <summary>Publishes and delivers until killed; a line for every event saved.</summary>
    public const string Publish = "publish";

    /// <summary>Delivers until nothing waits.</summary>
    public const string Drain = "drain";

    private static readonly string[] Names = ["one", "two", "three", "four", "five"];

    public static async Task<int> RunAsync(string folder, string postgres, string work)
    {
        await using var services = Services(folder, postgres);
        await using (var scope = services.CreateAsyncScope())
        {
            if (work == SetUp)
            {
                var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
                var creator = db.GetService<IRelationalDatabaseCreator>();
                if (!await creator.ExistsAsync()) await creator.CreateAsync();
                await creator.CreateTablesAsync();
                if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("pragma journal_mode=wal");
                return 0;
            }
        }

        var dispatcher = services.GetRequiredService<OutboxDispatcher>();
        await dispatcher.StartAsync(CancellationToken.None);
        if (work == Publish) await Task.WhenAll(Names.Select(name => PublishAsync(services, name)));
        await Waiting.UntilAsync(async () => await WaitingAsync(services) == 0, TimeSpan.FromMinutes(5), "every event is delivered", pause: TimeSpan.FromMilliseconds(20));
        await dispatcher.StopAsync(CancellationToken.None);
        return 0;
    }

    private static ServiceProvider Services(string folder, string postgres)
    {
        var services = new ServiceCollection();
        services.AddLogging(logs => logs.SetMinimumLevel(LogLevel.None));
        services.AddSingleton(new DataFolder(folder)).AddSingleton(new ModuleList(new TallyModule())).AddSingleton<TimeProvider>(new HastyClock());
        services.AddAnlanData(new DatabaseChoice(postgres.Length == 0 ? null : postgres));
        services.AddSubscriber<Counted, SteadyListener>().AddSubscriber<Counted, StumblingListener>();
        services.AddSingleton<OutboxDelivery>().AddSingleton<OutboxDispatcher>();
        return services.BuildServiceProvider();
    }

    private static async Task PublishAsync(ServiceProvider services, string name)
    {
        while (true)
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            var tally = await db.Set<Tally>().SingleOrDefaultAsync(row => row.Id == name) ?? db.Add(new Tally { Id = name }).Entity;
            tally.Take(tally.Last + 1);
            db.Publish(new Counted(name, tally.Last));
            await db.SaveAsync();
            Console.WriteLine($"{name} {tally.Last}");
        }
    }

    private static async Task<int> WaitingAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<OutboxMessage>().CountAsync();
    }

    // The pauses between attempts are made for people's days; here a second lasts two milliseconds.
    private sealed class HastyClock : TimeProvider
    {
        private readonly DateTimeOffset _from = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _from + ((System.GetUtcNow() - _from) * 500);
    }
}
