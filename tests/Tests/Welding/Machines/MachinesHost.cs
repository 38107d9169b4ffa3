using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Outbox;
using Anlan.Welding;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Welding.Machines;

/// <summary>The registry of machines behind a real HTTP pipeline on SQLite; neighbours are lists, and who asks stands in a header.</summary>
internal sealed class MachinesHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private MachinesHost(WebApplication app, string folder)
    {
        (_app, _folder) = (app, folder);
        Bureau = As("bureau");
    }

    public IServiceProvider Services => _app.Services;

    public MachineNeighbours Neighbours => Services.GetRequiredService<MachineNeighbours>();

    public FakeTimeProvider Clock => Services.GetRequiredService<FakeTimeProvider>();

    public HttpClient Bureau { get; }

    public static async Task<MachinesHost> StartAsync(string? publicAddress = null)
    {
        var folder = Directory.CreateTempSubdirectory("anlan-machines-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([new("Anlan:PublicAddress", publicAddress)]);
        var clock = new FakeTimeProvider(new DateTimeOffset(2040, 3, 5, 1, 0, 0, TimeSpan.Zero));
        var module = new WeldingModule();
        var neighbours = new MachineNeighbours();
        builder.Services.AddSingleton(new ModuleList(module)).AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(new DataFolder(folder)).AddSingleton(neighbours)
            .AddSingleton<IPeople>(neighbours).AddSingleton<IEnterprises>(neighbours).AddSingleton<IDivisions>(neighbours).AddSingleton<IDevices>(neighbours)
            .AddSingleton(new CityPack { NameZh = "北海", NameEn = "Northport", Division = "9905", TimeZone = "Asia/Shanghai", Hotline = "12350" })
            .AddSingleton<ILogStore>(new SqliteLogStore(Path.Combine(folder, "hot.db"))).AddSingleton<HotLog>().AddSingleton<OpenSessions>().AddScoped<WeldingDb>()
            .AddAnlanData().AddPermissions(module.Permissions).AddProblemDetails()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        builder.Services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("header", null);
        WeldingModule.AddMachines(builder.Services);
        var app = builder.Build();
        app.UseRequestLocalization("zh-CN", "en");
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCurrentActor();
        WeldingModule.MapMachines(app.MapGroup("/api/v1"));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            await db.Database.EnsureCreatedAsync();
            foreach (var index in app.Services.GetServices<IEntityIndex>()) await index.LoadAsync(db, CancellationToken.None);
        }

        await app.StartAsync();
        return new MachinesHost(app, folder);
    }

    /// <summary>A client that acts in a role, for an enterprise where the role has one.</summary>
    public HttpClient As(string role, EnterpriseId? enterprise = null)
    {
        var client = _app.GetTestClient();
        client.BaseAddress = new Uri("http://anlan.test/api/v1/");
        client.DefaultRequestHeaders.Add("X-Actor", $"{role} {enterprise?.Value}");
        return client;
    }

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
        var machine = Services.GetRequiredService<Anlan.Welding.Machines.MachineIndex>().FindByCode(code)!;
        var now = Clock.GetUtcNow();
        var open = new OpenSession(
            new SessionId(Guid.CreateVersion7()), machine.Id, new PersonId(Guid.CreateVersion7()), Guid.Empty, machine.UserEnterprise, Guid.Empty, machine.Chip ?? "", 1, 1, Guid.Empty, true,
            now, now.AddMinutes(15), now, now.AddHours(8), SessionState.Running, null);
        var kind = new LogKind<NoteBody>("test.note", NoteJson.Default.NoteBody);
        var result = await Services.GetRequiredService<HotLog>().AppendAsync(kind.Draft("machine/" + machine.Id.Value, now, new NoteBody("open")) with { Claims = [open.MachineHold(), open.PersonHold()] });
        Assert.True(result.IsAppended);
    }

    public async Task<IReadOnlyList<AuditRecord>> AuditAsync() => await ReadAsync(db => db.Set<AuditRecord>().AsNoTracking().OrderBy(a => a.Id).ToListAsync());

    public async Task<IReadOnlyList<OutboxMessage>> OutboxAsync() => await ReadAsync(db => db.Set<OutboxMessage>().AsNoTracking().OrderBy(m => m.Seq).ToListAsync());

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The refusals of a problem as <c>field:code</c>, or the bare code.</summary>
    public static async Task<string[]> RefusalsAsync(HttpResponseMessage answer) =>
        [.. (await JsonAsync(answer)).GetProperty("refusals").EnumerateArray().Select(r => (r.TryGetProperty("field", out var field) && field.GetString() is { } name ? name + ":" : "") + r.GetProperty("code").GetString())];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<T> ReadAsync<T>(Func<AnlanDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AnlanDb>());
    }

    /// <summary>A declaration as an API client sends it.</summary>
    internal sealed record Declared(
        string? Code, string? Kind, string? Model, int? RatedCurrent, Guid? OwnerEnterprise, Guid? OwnerPerson, Guid? UserEnterprise, string? Division, string? Site,
        double? Latitude, double? Longitude, string? Datum, int? FenceMetres, int? Version = null);

    private sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Actor"].ToString().Split(' ') is not [{ Length: > 0 } role, var enterprise]) return Task.FromResult(AuthenticateResult.NoResult());
            var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, Guid.CreateVersion7().ToString()), new(ClaimTypes.Role, role) };
            if (enterprise.Length > 0) claims.Add(new Claim(Actor.EnterpriseClaim, enterprise));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "header")), "header")));
        }
    }
}

internal sealed record NoteBody(string Text);

[JsonSerializable(typeof(NoteBody))]
internal sealed partial class NoteJson : JsonSerializerContext;
