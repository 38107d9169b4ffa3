using Anlan.Alarms.Board;
using Anlan.Alarms.Handling;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Tests.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Outbox;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Alarms;

/// <summary>The whole server with one machine whose chip tells of gas whenever a test wants it, and its safety manager.</summary>
internal sealed class AlarmsWorld(WeldingHost host, AMachine machine) : IAsyncDisposable
{
    private int _told;

    public static async Task<AlarmsWorld> StartAsync()
    {
        var host = await WeldingHost.StartAsync(adjust: services => services.AddSingleton<IStaff>(new KnownStaff([.. Enumerable.Range(0, 4).Select(level => new StaffMember(Guid.CreateVersion7(), level, new Office(Guid.CreateVersion7(), null)))])));
        return new AlarmsWorld(host, await host.AMachineAsync());
    }

    public WeldingHost Host => host;

    public AMachine Machine => machine;

    public Guid Manager { get; } = Guid.CreateVersion7();

    /// <summary>Number of the alarm that is open afterwards.</summary>
    public async Task<long> GasAsync()
    {
        _told++;
        await host.Log.AppendAsync(ChipLog.Event.Once(new EventBody(machine.Serial, machine.Id.Value, 1, _told, _told, null, ChipEventKind.Gas, null), host.Clock.GetUtcNow()));
        await host.ProjectedAsync();
        return await ReadAsync(db => db.Set<Alarm>().Where(alarm => alarm.OpenKey != null && alarm.Kind == "welding.gas").Select(alarm => alarm.Number).SingleAsync());
    }

    /// <summary>Steps of the safety manager, each of which must be taken.</summary>
    public async Task MoveAsync(long number, params IReadOnlyList<AlarmAct> acts)
    {
        foreach (var act in acts) Assert.Empty((await AskAsync((MoveAlarm slice) => slice.RunAsync(number, act, new MoveAlarm.Request("because"), CancellationToken.None))).Refusals);
        await DeliveredAsync();
    }

    /// <summary>Asks a slice as the safety manager.</summary>
    public async Task<TAnswer> AskAsync<TSlice, TAnswer>(Func<TSlice, Task<TAnswer>> ask) where TSlice : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = new Actor(Manager, "manager", "safety-manager", host.Enterprise.Value, null);
        return await ask(scope.ServiceProvider.GetRequiredService<TSlice>());
    }

    public async Task<T> ReadAsync<T>(Func<AnlanDb, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AnlanDb>());
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task DeliveredAsync()
    {
        await host.ProjectedAsync();
        await WeldingHost.UntilAsync(async () => !await ReadAsync(db => db.Set<OutboxMessage>().AnyAsync(message => message.Subject.StartsWith("alarm/"))));
    }
}
