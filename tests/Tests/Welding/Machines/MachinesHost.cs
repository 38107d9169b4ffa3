using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Ui;
using Anlan.Welding;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Welding.Machines;

/// <summary>The registry of machines; its neighbours are lists that a test fills.</summary>
internal sealed class MachinesHost : IAsyncDisposable
{
    private readonly ModuleHost _host;

    private MachinesHost(ModuleHost host) => (_host, Bureau) = (host, host.As("county-bureau"));

    public IServiceProvider Services => _host.Services;

    public MachineNeighbours Neighbours => Services.GetRequiredService<MachineNeighbours>();

    public FakeTimeProvider Clock => _host.Clock;

    public HttpClient Bureau { get; }

    public static async Task<MachinesHost> StartAsync(string? publicBaseUrl = null)
    {
        var neighbours = new MachineNeighbours();
        return new MachinesHost(await ModuleHost.StartAsync(new WeldingModule(), (services, folder) =>
        {
            services.AddSingleton(Books.Whole).AddSingleton(neighbours).AddSingleton<IPeople>(neighbours).AddSingleton<IEnterprises>(neighbours).AddSingleton<IDivisions>(neighbours).AddSingleton<IDevices>(neighbours)
                .AddSingleton(new CityPack { NameZh = "北海", NameEn = "Northport", Division = "9905", TimeZone = "Asia/Shanghai", Hotline = "12350" })
                .AddSingleton(provider => new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<ILogStore>(_ => TestStore.OpenLog(folder)).AddSingleton<HotLog>().AddSingleton<OpenSessions>().AddScoped<WeldingDb>();
            WeldingModule.AddMachines(services);
            WeldingModule.AddLists(services);
            WeldingModule.AddEvidence(services);
            services.AddLogEvidence(new ConfigurationBuilder().Build());
            services.AddEvidenceFiles(new ConfigurationBuilder().Build());
            services.AddSingleton<RefusalWords>();
        }, Map, new KeyValuePair<string, string?>("Anlan:PublicBaseUrl", publicBaseUrl)));
    }

    /// <summary>A client that acts in a role, for an enterprise where the role has one.</summary>
    public HttpClient As(string role, EnterpriseId? enterprise = null) => _host.As(role, enterprise?.Value);

    /// <summary>A registered machine of an enterprise; its code.</summary>
    public async Task<string> AMachineAsync(EnterpriseId user, string code = "WJ-0001", string? chip = null)
    {
        (await Bureau.PostAsJsonAsync("machines", ADeclaration(user) with { Code = code })).EnsureSuccessStatusCode();
        if (chip is null) return code;
        Neighbours.AChip(chip);
        (await Bureau.PostAsJsonAsync($"machines/{code}/chip", new { serial = chip })).EnsureSuccessStatusCode();
        return code;
    }

    /// <summary>Everything right.</summary>
    public static Declared ADeclaration(EnterpriseId user) =>
        new("WJ-0001", "electric", "ZX7-400", 400, null, null, user.Value, "990521001", "Hall 1", 30.5, 120.0, "wgs84", null);

    /// <summary>Opens a session in the log, as a start does.</summary>
    public async Task OpenSessionAsync(string code)
    {
        var machine = Services.GetRequiredService<MachineIndex>().FindByCode(code)!;
        var now = Clock.GetUtcNow();
        var open = new OpenSession(
            new SessionId(Guid.CreateVersion7()), machine.Id, new PersonId(Guid.CreateVersion7()), Guid.Empty, machine.UserEnterprise, Guid.Empty, machine.Chip ?? "", 1, 1, Guid.Empty, true,
            now, now.AddMinutes(15), now, now.AddHours(8), SessionState.Running, null);
        var kind = new LogKind<NoteBody>("test.note", NoteJson.Default.NoteBody);
        var result = await Services.GetRequiredService<HotLog>().AppendAsync(kind.Draft("machine/" + machine.Id.Value, now, new NoteBody("open")) with { Claims = [open.MachineHold(), open.PersonHold()] });
        Assert.True(result.IsAppended);
    }

    /// <summary>Rows of read tables, as the projector writes them.</summary>
    public Task<int> ProjectAsync(params IEnumerable<object> rows) => _host.ReadAsync(db =>
    {
        db.AddRange(rows);
        return db.SaveChangesAsync();
    });

    public Task<IReadOnlyList<AuditRecord>> AuditAsync() => _host.AuditAsync();

    public Task<IReadOnlyList<OutboxMessage>> OutboxAsync() => _host.OutboxAsync();

    public static Task<JsonElement> JsonAsync(HttpResponseMessage answer) => ModuleHost.JsonAsync(answer);

    public static Task<string[]> RefusalsAsync(HttpResponseMessage answer) => ModuleHost.RefusalsAsync(answer);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static void Map(IEndpointRouteBuilder api)
    {
        WeldingModule.MapMachines(api);
        WeldingModule.MapSessions(api);
        WeldingModule.MapEvidence(api);
    }

    /// <summary>A declaration as an API client sends it.</summary>
    internal sealed record Declared(
        string? Code, string? Kind, string? Model, int? RatedCurrent, Guid? OwnerEnterprise, Guid? OwnerPerson, Guid? UserEnterprise, string? Division, string? Site,
        double? Latitude, double? Longitude, string? Datum, int? FenceMetres, int? Version = null, string? OwnerCreditCode = null);
}

internal sealed record NoteBody(string Text);

[JsonSerializable(typeof(NoteBody))]
internal sealed partial class NoteJson : JsonSerializerContext;
