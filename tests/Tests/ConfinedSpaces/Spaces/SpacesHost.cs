using System.Net.Http.Json;
using System.Text.Json;
using Anlan.ConfinedSpaces;
using Anlan.ConfinedSpaces.Spaces;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.ConfinedSpaces.Spaces;

/// <summary>The ledger of confined spaces; its neighbours are lists that a test fills.</summary>
internal sealed class SpacesHost : IAsyncDisposable
{
    private readonly ModuleHost _host;

    private SpacesHost(ModuleHost host) => (_host, Bureau) = (host, host.As("county-bureau"));

    public IServiceProvider Services => _host.Services;

    public SpaceNeighbours Neighbours => Services.GetRequiredService<SpaceNeighbours>();

    public SpaceIndex Index => Services.GetRequiredService<SpaceIndex>();

    public FakeTimeProvider Clock => _host.Clock;

    public HttpClient Bureau { get; }

    public static async Task<SpacesHost> StartAsync()
    {
        var (neighbours, module) = (new SpaceNeighbours(), new ConfinedSpacesModule());
        return new SpacesHost(await ModuleHost.StartAsync(module, (services, _) =>
        {
            services.AddSingleton(Books.Whole).AddSingleton(neighbours).AddSingleton<IPeople>(neighbours).AddSingleton<IEmployment>(neighbours).AddSingleton<IEnterprises>(neighbours).AddSingleton<IDivisions>(neighbours)
                .AddSingleton(new CityPack { NameZh = "北海", NameEn = "Northport", Division = "9905", TimeZone = "Asia/Shanghai", Hotline = "12350" })
                .AddSingleton(provider => new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), provider.GetRequiredService<TimeProvider>()));
            module.AddServices(services, new ConfigurationBuilder().Build());
        }, module.MapRoutes));
    }

    /// <summary>A client that acts in a role, for an enterprise where the role has one.</summary>
    public HttpClient As(string role, EnterpriseId? enterprise = null) => _host.As(role, enterprise?.Value);

    /// <summary>Everything right, under the next number.</summary>
    public static Declared ADeclaration(EnterpriseId enterprise) =>
        new(null, "Sewage pool 2", "sewagePool", ["hydrogenSulfide", "drowning"], enterprise.Value, "990521001", "East of the works", 30.5, 120.0, "wgs84", 180, 4.5, "2 m x 3 m", "considerable", true, "lock", true, null, null, "2040-02-01", true);

    /// <summary>An entered space; its code.</summary>
    public async Task<string> ASpaceAsync(EnterpriseId enterprise, Func<Declared, Declared>? otherwise = null)
    {
        var declared = ADeclaration(enterprise);
        var answer = await Bureau.PostAsJsonAsync("spaces", otherwise?.Invoke(declared) ?? declared);
        return (await JsonAsync(answer.EnsureSuccessStatusCode())).GetProperty("code").GetString()!;
    }

    public Task<IReadOnlyList<AuditRecord>> AuditAsync() => _host.AuditAsync();

    public Task<T> ReadAsync<T>(Func<AnlanDb, Task<T>> read) => _host.ReadAsync(read);

    public static Task<JsonElement> JsonAsync(HttpResponseMessage answer) => ModuleHost.JsonAsync(answer);

    public static Task<string[]> RefusalsAsync(HttpResponseMessage answer) => ModuleHost.RefusalsAsync(answer);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>A declaration as an API client sends it.</summary>
    internal sealed record Declared(
        string? Code, string? Name, string? Kind, string[]? Hazards, Guid? Enterprise, string? Division, string? Site, double? Latitude, double? Longitude, string? Datum, double? Volume, double? Depth, string? Opening,
        string? Risk, bool IsCatalogued, string? Access, bool HasNoticeBoard, Guid? Responsible, string? ResponsibleIdentityNumber, string? LastReviewedOn, bool IsInUse, int? Version = null);
}
