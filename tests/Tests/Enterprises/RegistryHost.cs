using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Anlan.Contracts.Accounts;
using Anlan.Enterprises;
using Anlan.Host.Desk;
using Anlan.Host.Messages;
using Anlan.Host.Privacy;
using Anlan.Kernel.Events;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Personal;
using Anlan.Training;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Enterprises;

/// <summary>Enterprises and Training behind a real HTTP pipeline on SQLite, in an invented city; the clock is the test's, who asks stands in a header.</summary>
internal sealed class RegistryHost : IAsyncDisposable
{
    public const string Town = "990501001";
    public const string OtherTown = "990502001";

    private readonly WebApplication _app;
    private readonly string _folder;

    private RegistryHost(WebApplication app, string folder)
    {
        (_app, _folder) = (app, folder);
        Bureau = As(RoleNames.CityBureau);
    }

    public IServiceProvider Services => _app.Services;

    public FakeTimeProvider Clock => Services.GetRequiredService<FakeTimeProvider>();

    public DateOnly Today => Services.GetRequiredService<CityCalendar>().Today;

    public HttpClient Bureau { get; }

    /// <summary>Starts in the morning of 2026-01-05, while Order 30 and its reviews still hold.</summary>
    /// <param name="folder">Data folder of a former run, or null for a new one.</param>
    /// <param name="isDemo">Accepts synthetic identity numbers.</param>
    /// <param name="at">Another moment to start at.</param>
    public static async Task<RegistryHost> StartAsync(string? folder = null, bool isDemo = true, DateTimeOffset? at = null)
    {
        folder ??= Directory.CreateTempSubdirectory("anlan-registry-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([new("Anlan:Demo", isDemo ? "true" : "false")]);
        var clock = new FakeTimeProvider(at ?? new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
        var modules = new ModuleList(new EnterprisesModule(), new TrainingModule(), new PrivacyModule(), new MessagesModule(), new DeskModule());
        var city = await InventCityAsync(folder);
        builder.Services.AddSingleton(modules).AddSingleton<TestScopes>().AddSingleton<IScopes>(provider => provider.GetRequiredService<TestScopes>()).AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(new DataFolder(folder)).AddSingleton(city)
            .AddSingleton(new CityCalendar(city.Zone, clock)).AddSingleton(Books.Whole).AddAnlanData(TestStore.Of(folder)).AddPermissions().AddSingleton<IPermissions, TestPermissions>().AddEvidenceFiles(builder.Configuration).AddProblemDetails()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        builder.Services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("header", null);
        var frame = builder.Services.ToHashSet();
        foreach (var module in modules.Modules) module.AddServices(builder.Services, builder.Configuration);
        // A test says itself when a day turns.
        foreach (var timer in builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && !frame.Contains(s)).ToList()) builder.Services.Remove(timer);
        // Tests look at what is published, whoever subscribes to it.
        builder.Services.AddSingleton(Audience.OfEverything);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseCurrentActor();
        app.UseAuthorization();
        var api = app.MapGroup("/api/v1").RecordPeopleSeen();
        foreach (var module in modules.Modules) module.MapRoutes(api);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            await TestStore.CreateTablesAsync(db, folder);
            foreach (var index in app.Services.GetServices<IEntityIndex>()) await index.LoadAsync(db, CancellationToken.None);
        }

        await app.StartAsync();
        return new RegistryHost(app, folder);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A client that acts in a role, for an enterprise where the role has one.</summary>
    public HttpClient As(string role, Guid? enterprise = null)
    {
        var client = _app.GetTestClient();
        client.BaseAddress = new Uri("http://anlan.test/api/v1/");
        client.DefaultRequestHeaders.Add("X-Actor", $"{role} {enterprise}");
        return client;
    }

    /// <summary>The safety manager of an enterprise.</summary>
    public HttpClient ManagerOf(Guid enterprise) => As(RoleNames.SafetyManager, enterprise);

    /// <summary>A client that nobody signed in.</summary>
    public HttpClient Stranger()
    {
        var client = _app.GetTestClient();
        client.BaseAddress = new Uri("http://anlan.test/api/v1/");
        return client;
    }

    public async Task<Guid> AnEnterpriseAsync(string name = "Northport Steel", string? creditCode = null, string kind = "company", string division = Town) =>
        await IdAsync(await Bureau.PostAsJsonAsync("enterprises", new { name, creditCode = creditCode ?? (kind == "company" ? Numbers.CreditCode() : null), division, kind }));

    public async Task<Guid> APersonAsync(string name = "Shen Anlan", string? identityNumber = null, HttpClient? by = null) =>
        await IdAsync(await (by ?? Bureau).PostAsJsonAsync("people", new { name, identityNumber = identityNumber ?? Numbers.IdentityNumber() }));

    public async Task<Guid> AnEmploymentAsync(Guid person, Guid enterprise, string kind = "permanent", DateOnly? from = null, DateOnly? to = null) =>
        await IdAsync(await Bureau.PostAsJsonAsync("employments", new { person, enterprise, kind, from = from ?? Today, to }));

    /// <summary>Fusion welding, issued a year ago, all right.</summary>
    public async Task<Guid> ACertificateAsync(Guid person, string? number = null, DateOnly? issuedOn = null, DateOnly? reviewDueOn = null, DateOnly? expiresOn = null, string subItem = "fusion")
    {
        var issued = issuedOn ?? Today.AddYears(-1);
        return await IdAsync(await Bureau.PostAsJsonAsync("certificates", new
        {
            person,
            number = number ?? Numbers.CertificateNumber(),
            category = "welding",
            subItem,
            issuedOn = issued,
            reviewDueOn,
            expiresOn = expiresOn ?? issued.AddYears(6),
            authority = "Northport",
        }));
    }

    /// <summary>Lets a day of the city turn until the morning of a date.</summary>
    public void GoTo(DateOnly date) => Clock.SetUtcNow(Get<CityCalendar>().StartOf(date).AddHours(8));

    public async Task<IReadOnlyList<AuditRecord>> AuditAsync() => await ReadAsync(db => db.Set<AuditRecord>().AsNoTracking().OrderBy(a => a.Id).ToListAsync());

    /// <summary>Who saw data of people, in order.</summary>
    public async Task<IReadOnlyList<AccessRecord>> LooksAsync() => await ReadAsync(db => db.Set<AccessRecord>().AsNoTracking().OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync());

    /// <summary>Whom a look showed.</summary>
    public async Task<IReadOnlyList<Guid>> SeenAsync(Guid look) => await ReadAsync(db => db.Set<AccessedPerson>().AsNoTracking().Where(p => p.Access == look).Select(p => p.Person).ToListAsync());

    /// <summary>The waiting events of a type, in order.</summary>
    public async Task<IReadOnlyList<TEvent>> EventsAsync<TEvent>() where TEvent : IDomainEvent
    {
        var waiting = await ReadAsync(db => db.Set<OutboxMessage>().AsNoTracking().Where(m => m.Type == typeof(TEvent).FullName).OrderBy(m => m.Seq).ToListAsync());
        return [.. waiting.Select(m => JsonSerializer.Deserialize<TEvent>(m.Payload, JsonSerializerOptions.Web)!)];
    }

    public async Task<T> ReadAsync<T>(Func<AnlanDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AnlanDb>());
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<Guid> IdAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>The refusals of a problem as <c>field:code</c>, or the bare code.</summary>
    public static async Task<string[]> RefusalsAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return [.. problem.GetProperty("refusals").EnumerateArray().Select(r => (r.TryGetProperty("field", out var field) && field.GetString() is { } name ? name + ":" : "") + r.GetProperty("code").GetString())];
    }

    /// <summary>Ends the program but keeps its data folder, as a restart does; the folder.</summary>
    public async Task<string> StopAsync()
    {
        await _app.DisposeAsync();
        return _folder;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        TestStore.Remove(_folder);
    }

    private static async Task<CityPack> InventCityAsync(string folder)
    {
        var pack = Directory.CreateDirectory(Path.Combine(folder, "city")).FullName;
        await File.WriteAllTextAsync(Path.Combine(pack, "city.json"), """{"nameZh":"北海","nameEn":"Northport","division":"9905","timeZone":"Asia/Shanghai"}""");
        await File.WriteAllTextAsync(Path.Combine(pack, "map.geojson"), """{"type":"FeatureCollection","features":[]}""");
        await File.WriteAllLinesAsync(Path.Combine(pack, "divisions.csv"), [
            "code,name,level,parent", "99,北省,province,", "9905,北海市,prefecture,99", "990501,东区,county,9905", "990502,西区,county,9905", "990501001,一镇,town,990501", "990502001,二镇,town,990502"]);
        return CityPack.Load(pack);
    }

    private sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Actor"].ToString().Split(' ') is not [{ Length: > 0 } role, var enterprise]) return Task.FromResult(AuthenticateResult.NoResult());
            var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, AccountOf(role + enterprise).ToString()), new(ClaimTypes.Name, role), new(ClaimTypes.Role, role) };
            if (enterprise.Length > 0) claims.Add(new Claim(Actor.EnterpriseClaim, enterprise));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "header")), "header")));
        }

        // One account for each role and enterprise.
        private static Guid AccountOf(string who) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(who)).AsSpan(0, 16));
    }
}
