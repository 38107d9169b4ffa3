using System.Text.Json;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Data;
using Anlan.Welding;
using Anlan.Welding.Machines;
using Anlan.Welding.Problems;
using Anlan.Welding.Profiles;
using Anlan.Welding.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Welding.Profiles;

/// <summary>Profiles and problems over real tables; the neighbours are lists that a test fills. It is 5 March 2040, 9 o'clock.</summary>
internal sealed class ProfilesHost : IAsyncDisposable
{
    private readonly ModuleHost _host;
    private long _seq;

    private ProfilesHost(ModuleHost host) => (_host, Bureau) = (host, host.As("county-bureau"));

    public IServiceProvider Services => _host.Services;

    public ProfileNeighbours Neighbours => Services.GetRequiredService<ProfileNeighbours>();

    public ProfileDesk Desk => Services.GetRequiredService<ProfileDesk>();

    public FakeTimeProvider Clock => _host.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public HttpClient Bureau { get; }

    public static async Task<ProfilesHost> StartAsync()
    {
        var neighbours = new ProfileNeighbours();
        return new ProfilesHost(await ModuleHost.StartAsync(new WeldingModule(), (services, _) =>
        {
            services.AddSingleton(Books.Whole).AddSingleton(neighbours).AddSingleton<IPeople>(neighbours).AddSingleton<IEnterprises>(neighbours).AddSingleton<IDivisions>(neighbours)
                .AddSingleton<IDevices>(neighbours).AddSingleton<IEmployment>(neighbours).AddSingleton<IQualifications>(neighbours)
                .AddSingleton(new CityPack { NameZh = "北海", NameEn = "Northport", Division = "9905", TimeZone = "Asia/Shanghai", Hotline = "12350" })
                .AddSingleton(provider => new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), provider.GetRequiredService<TimeProvider>()))
                .AddScoped<WeldingDb>().AddEntityIndex<MachineIndex>().AddLocalization();
            services.AddProfileSlices().AddProblemSlices();
        }, api =>
        {
            api.MapProfiles();
            api.MapProblems();
        }));
    }

    public HttpClient As(string role, EnterpriseId? enterprise = null) => _host.As(role, enterprise?.Value);

    public Task<JsonElement> GetAsync(string path) => GetAsync(Bureau, path);

    public static async Task<JsonElement> GetAsync(HttpClient browser, string path)
    {
        var answer = await browser.GetAsync(path);
        return await ModuleHost.JsonAsync(answer.EnsureSuccessStatusCode());
    }

    /// <summary>A registered machine; with a chip that is on-line unless the test says otherwise.</summary>
    public async Task<WeldingMachine> AMachineAsync(EnterpriseId user, string division = "990521001", string? chip = null, DateTimeOffset? registeredAt = null)
    {
        var machine = new WeldingMachine
        {
            Id = new MachineId(Guid.CreateVersion7()),
            Code = $"WJ-{Interlocked.Increment(ref _seq):D4}",
            Kind = MachineKind.Electric,
            Model = "ZX7-400",
            RatedCurrent = 400,
            UserEnterprise = user,
            Division = new DivisionCode(division),
            Site = "Hall 1",
            Latitude = 30.5,
            Longitude = 120,
            FenceMetres = 200,
            ChipSerial = chip,
            RegisteredAt = registeredAt ?? Now,
        };
        if (chip is not null) Neighbours.Hear(chip, Now, isOnline: true);
        await SaveAsync(db => db.Add(machine));
        return machine;
    }

    public RefusedStart ARefusal(WeldingMachine machine, PersonId? person, DateTimeOffset at, bool isUnlicensed) => new()
    {
        Id = Guid.CreateVersion7(),
        Seq = Interlocked.Increment(ref _seq),
        Machine = machine.Id,
        Person = person,
        Enterprise = machine.UserEnterprise,
        Division = machine.Division,
        At = at,
        Code = isUnlicensed ? "CertificateExpired" : "ChipOffline",
        IsUnlicensed = isUnlicensed,
        Refusals = JsonSerializer.Serialize<Refusal[]>([new Refusal("ChipOffline")], JsonSerializerOptions.Web),
    };

    public WeldSession ASession(WeldingMachine machine, PersonId person, DateTimeOffset at, string? revoked = null, bool isConfirmed = true, bool isOpen = false) => new()
    {
        Id = new SessionId(Guid.CreateVersion7()),
        Seq = Interlocked.Increment(ref _seq),
        Machine = machine.Id,
        Person = person,
        Enterprise = machine.UserEnterprise,
        Division = machine.Division,
        Chip = "C",
        StartedAt = at,
        LeaseUntil = at.AddMinutes(15),
        EndedAt = isOpen ? null : at.AddMinutes(9),
        IsEndConfirmed = !isOpen && isConfirmed,
        RevokeReason = revoked,
    };

    public MachineIncident AnIncident(WeldingMachine machine, IncidentKind kind, DateTimeOffset at) => new()
    {
        Seq = Interlocked.Increment(ref _seq),
        Kind = kind,
        Machine = machine.Id,
        Enterprise = machine.UserEnterprise,
        Division = machine.Division,
        At = at,
    };

    /// <summary>Adds rows as projections and pages do.</summary>
    public Task AddAsync(params IEnumerable<object> rows) => SaveAsync(db => db.AddRange(rows));

    public async Task SaveAsync(Action<AnlanDb> change) => await _host.ReadAsync(async db =>
    {
        change(db);
        await db.SaveAsync();
        return true;
    });

    /// <summary>Changes a machine as a page edit would.</summary>
    public Task EditAsync(WeldingMachine machine, Action<WeldingMachine> edit) => _host.ReadAsync(async db =>
    {
        edit(await db.Set<WeldingMachine>().SingleAsync(m => m.Id == machine.Id));
        await db.SaveAsync();
        return true;
    });

    public Task<T> ReadAsync<T>(Func<AnlanDb, Task<T>> read) => _host.ReadAsync(read);

    /// <summary>All kept profiles as text, to compare two states.</summary>
    public Task<IReadOnlyList<string>> ProfilesAsync() => ReadAsync<IReadOnlyList<string>>(async db =>
        [.. (await db.Set<ProfileMonth>().AsNoTracking().ToListAsync()).Select(p => $"{p.Subject} {p.Of} {p.Month:yyyy-MM} {p.Score} {p.Peers} {p.Formula} {p.Dimensions}").Order(StringComparer.Ordinal)]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
