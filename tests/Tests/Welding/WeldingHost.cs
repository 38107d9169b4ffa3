using System.Security.Cryptography;
using System.Text;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Contracts.Welding;
using Anlan.Devices.Registry;
using Anlan.Host;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Places;
using Anlan.Simulator.Chips;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Security;
using Anlan.Toolkit.Telemetry;
using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chips;
using Anlan.Welding.Fitting;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Welding;

/// <summary>The whole server in this process, with its broker on a real port; only the neighbours' facts and the time of day are in the test's hand.</summary>
internal sealed class WeldingHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _chips = [];
    private readonly int _mqttPort;

    private WeldingHost(WebApplication app, string folder, bool ownsFolder, ShiftedClock clock, FactsBook facts, int httpPort, int mqttPort)
    {
        (_app, _folder, _ownsFolder, Clock, Facts, _mqttPort) = (app, folder, ownsFolder, clock, facts, mqttPort);
        Url = new Uri($"http://127.0.0.1:{httpPort}");
        Enterprise = facts.AnEnterprise();
    }

    public ShiftedClock Clock { get; }

    public FactsBook Facts { get; }

    public Uri Url { get; }

    public MqttAddress Mqtt => new("127.0.0.1", _mqttPort);

    /// <summary>An enterprise at hand.</summary>
    public EnterpriseId Enterprise { get; }

    public IServiceProvider Services => _app.Services;

    public OpenSessions Sessions => Get<OpenSessions>();

    public HotLog Log => Get<HotLog>();

    public TelemetryLog Telemetry => Get<TelemetryLog>();

    /// <param name="store">Wraps the hot log's store.</param>
    /// <param name="folder">Data folder of an earlier host, to start it again.</param>
    /// <param name="clock">Clock of an earlier host.</param>
    /// <param name="facts">Facts of an earlier host.</param>
    /// <param name="adjust">Replaces services.</param>
    /// <param name="settings">Settings of the server beside those that every test needs.</param>
    public static async Task<WeldingHost> StartAsync(Func<ILogStore, ILogStore>? store = null, string? folder = null, ShiftedClock? clock = null, FactsBook? facts = null, Action<IServiceCollection>? adjust = null, params string[] settings)
    {
        var ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("anlan-welding-").FullName;
        (clock, facts) = (clock ?? new ShiftedClock(), facts ?? new FactsBook());
        var (http, mqtt) = (FreePort.Find(), FreePort.Find());
        var app = HostApplication.Build([$"--Anlan:Data={folder}", $"--Anlan:HttpPort={http}", $"--Anlan:MqttPort={mqtt}", "--Anlan:Demo=true", "--Anlan:Accounts:HashIterations=1000", "--Anlan:Welding:ProfilePause=1.00:00:00", "--Anlan:Alarms:WatchInterval=1.00:00:00", "--Anlan:Alarms:DigestInterval=1.00:00:00", "--Anlan:Measurements:RollUpInterval=00:00:00.2", .. TestStore.Arguments(folder), .. settings], builder =>
        {
            builder.Logging.ClearProviders();
            var services = builder.Services;
            services.AddSingleton<TimeProvider>(clock).AddSingleton<IPeople>(facts).AddSingleton<IEnterprises>(facts).AddSingleton<IEmployment>(facts).AddSingleton<IQualifications>(facts);
            adjust?.Invoke(services);
            if (store is not null) services.AddSingleton(provider => store(TestStore.OpenLog(folder)));
        });
        await app.StartAsync();
        return new WeldingHost(app, folder, ownsFolder, clock, facts, http, mqtt);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Asks a slice, or acts through it, as the platform itself.</summary>
    public async Task<TAnswer> AskAsync<TSlice, TAnswer>(Func<TSlice, Task<TAnswer>> ask) where TSlice : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        return await ask(scope.ServiceProvider.GetRequiredService<TSlice>());
    }

    /// <summary>A machine of <see cref="Enterprise"/> with a registered chip; the chip is not switched on yet.</summary>
    public async Task<AMachine> AMachineAsync(bool hasChip = true, EnterpriseId? user = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var id = TypedId.New<MachineId>();
        var name = id.Value.ToString("N")[^12..].ToUpperInvariant();
        var (serial, secret) = ("CHIP-" + name, "secret-" + name);
        if (hasChip)
        {
            db.Add(new Device
            {
                Id = TypedId.New<DeviceId>(),
                Serial = serial,
                Kind = DeviceKinds.WeldingChip,
                SecretHash = SHA256.HashData(Encoding.UTF8.GetBytes(secret)),
                RegisteredAt = Clock.GetUtcNow(),
            });
        }

        db.Add(new WeldingMachine
        {
            Id = id,
            Code = "M" + name,
            Kind = MachineKind.Electric,
            Model = "ZX7-400",
            RatedCurrent = 400,
            UserEnterprise = user ?? Enterprise,
            Division = new DivisionCode("990521001"),
            Site = "Hall 1",
            Latitude = Site.Latitude,
            Longitude = Site.Longitude,
            FenceMetres = 200,
            ChipSerial = hasChip ? serial : null,
            Fitting = hasChip ? FittingState.Active : FittingState.Unfitted,
            RegisteredAt = Clock.GetUtcNow(),
        });
        await db.SaveAsync();
        return new AMachine(id, "M" + name, serial, secret);
    }

    /// <summary>Changes a machine as a page edit would.</summary>
    public async Task EditAsync(MachineId id, Action<WeldingMachine> edit)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        edit((await db.Set<WeldingMachine>().FindAsync(id))!);
        await db.SaveAsync();
    }

    /// <summary>The machine's chip, switched on, until it is known to be on-line with its settings.</summary>
    public async Task<AChip> SwitchOnAsync(AMachine machine, ChipFlash? flash = null, TimeProvider? clock = null)
    {
        var chip = SwitchOnUnheard(machine, flash, clock);
        await UntilAsync(() => Get<IDevices>().StateOf(machine.Serial).IsOnline && chip.Chip.Ask((logic, now) => logic.Memory.Machine is not null && logic.IsClockTrusted(now)));
        return chip;
    }

    /// <summary>The machine's chip, switched on; with a clock of its own, or else with the server's.</summary>
    public AChip SwitchOnUnheard(AMachine machine, ChipFlash? flash = null, TimeProvider? clock = null)
    {
        flash ??= new ChipFlash(new ChipMemory { Keys = [.. Get<SigningKeys>().Trusted.Select(key => key.PublicKey)] });
        var scene = new SteadyScene { Position = new ChipPosition(Site.Latitude, Site.Longitude) };
        var chip = new SimulatedChip(new ChipIdentity(machine.Serial, "1.0"), machine.Secret, flash, scene, Mqtt, new Random(1), clock ?? Clock);
        var off = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var life = chip.RunAsync(off.Token);
        _chips.Add(life);
        return new AChip(chip, scene, flash, off, life);
    }

    public IMachineTwin Twin(AMachine machine) => Get<IGrainFactory>().GetGrain<IMachineTwin>(machine.Id.Value);

    /// <summary>A start with a fresh proof, decided and on its way.</summary>
    public Task<StartAnswer> StartAsync(AMachine machine, PersonId welder, TimeSpan proofAge = default) => Twin(machine).StartAsync(new StartCommand(
        Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), welder.Value, welder.Value, Clock.GetUtcNow() - proofAge, "pin", null, null));

    /// <summary>The whole log.</summary>
    public IReadOnlyList<LogRecord> ReadLog() => [.. Log.Store.Read(0, 1_000_000).Select(Get<LogKinds>().Read)];

    /// <summary>The projected session, once the projector has come as far as the log is now.</summary>
    public async Task<WeldSession?> SessionRowAsync(Guid session)
    {
        await ProjectedAsync();
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<WeldSession>().FindAsync(new SessionId(session));
    }

    /// <summary>The read tables know what log and telemetry know now.</summary>
    public Task ProjectedAsync()
    {
        var (last, measured) = (Log.LastSeq, Telemetry.LastSeq);
        return UntilAsync(() => Get<Projector>().Seq >= last && Get<Projector>().Measured >= measured);
    }

    /// <summary>Polls until a condition holds; a test that waits in vain fails.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!condition()) await Task.Delay(10, deadline.Token);
    }

    /// <summary>Polls until a condition that has to be read holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!await condition()) await Task.Delay(20, deadline.Token);
    }

    /// <summary>Ends the server and keeps its data, for a start again.</summary>
    public async Task<string> StopAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_chips);
        }
        catch (OperationCanceledException)
        {
            // They were switched off.
        }

        await _app.DisposeAsync();
        return _folder;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        if (_ownsFolder) TestStore.Remove(_folder);
    }

    private static readonly GeoPoint Site = new(30.5, 120.0);
}

/// <summary>A registered machine and its chip's credential.</summary>
internal sealed record AMachine(MachineId Id, string Code, string Serial, string Secret);

/// <summary>A running chip.</summary>
internal sealed record AChip(SimulatedChip Chip, SteadyScene Scene, ChipFlash Flash, CancellationTokenSource Off, Task Life)
{
    public bool IsPowered => Chip.IsPowered;

    public T Ask<T>(Func<ChipLogic, T> question) => Chip.Ask((logic, _) => question(logic));

    /// <summary>Pulls the plug; what is not in the flash is gone.</summary>
    public async Task PullPlugAsync()
    {
        await Off.CancelAsync();
        try
        {
            await Life;
        }
        catch (OperationCanceledException)
        {
            // Expected.
        }
    }
}

/// <summary>The chip's non-volatile memory.</summary>
internal sealed class ChipFlash(ChipMemory factory) : IChipStore
{
    private ChipMemory _memory = factory;

    public ChipMemory Load() => _memory;

    public void Save(ChipMemory memory) => _memory = memory;
}

/// <summary>Sensors in the test's hand.</summary>
internal sealed class SteadyScene : IScene
{
    public ChipPosition Position { get; set; } = new(0, 0);

    public Senses Senses { get; set; } = Quiet;

    /// <summary>Nothing happens.</summary>
    public static Senses Quiet { get; } = new(0, 0, false, 25);

    public Senses Read(long up, bool isPowered) => Senses;

    public void PowerFailed()
    {
    }
}
