using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests;

/// <summary>One module behind a real HTTP pipeline on SQLite, the clock in the test's hand; who asks stands in a header, so that no sign-in is needed.</summary>
internal sealed class ModuleHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private ModuleHost(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public IServiceProvider Services => _app.Services;

    public FakeTimeProvider Clock => Services.GetRequiredService<FakeTimeProvider>();

    /// <param name="module">Its mappings and permissions are used; services and routes only as far as the test adds them.</param>
    /// <param name="add">Adds services; the folder is the data folder.</param>
    /// <param name="map">Maps routes.</param>
    /// <param name="settings">Configuration.</param>
    public static async Task<ModuleHost> StartAsync(IModule module, Action<IServiceCollection, string> add, Action<IEndpointRouteBuilder> map, params IReadOnlyList<KeyValuePair<string, string?>> settings)
    {
        var folder = Directory.CreateTempSubdirectory("anlan-module-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings);
        var clock = new FakeTimeProvider(new DateTimeOffset(2040, 3, 5, 1, 0, 0, TimeSpan.Zero));
        builder.Services.AddSingleton(new ModuleList(module)).AddSingleton<TestScopes>().AddSingleton<IScopes>(provider => provider.GetRequiredService<TestScopes>()).AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(new DataFolder(folder))
            .AddAnlanData(TestStore.Of(folder)).AddPermissions().AddSingleton<IPermissions, TestPermissions>().AddProblemDetails()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        builder.Services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("header", null);
        // Tests look at what is published, whoever subscribes to it.
        builder.Services.AddSingleton(Audience.OfEverything);
        add(builder.Services, folder);
        var app = builder.Build();
        app.UseRequestLocalization("zh-CN", "en");
        app.UseAuthentication();
        app.UseCurrentActor();
        app.UseAuthorization();
        map(app.MapGroup("/api/v1").RecordPeopleSeen());
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            await TestStore.CreateTablesAsync(db, folder);
            foreach (var index in app.Services.GetServices<IEntityIndex>()) await index.LoadAsync(db, CancellationToken.None);
        }

        await app.StartAsync();
        return new ModuleHost(app, folder);
    }

    /// <summary>A client that acts in a role, for an enterprise where the role has one.</summary>
    public HttpClient As(string role, Guid? enterprise = null)
    {
        var client = _app.GetTestClient();
        client.BaseAddress = new Uri("http://anlan.test/api/v1/");
        client.DefaultRequestHeaders.Add("X-Actor", $"{role} {enterprise}");
        return client;
    }

    public async Task<IReadOnlyList<AuditRecord>> AuditAsync() => await ReadAsync(db => db.Set<AuditRecord>().AsNoTracking().OrderBy(a => a.Id).ToListAsync());

    public async Task<IReadOnlyList<OutboxMessage>> OutboxAsync() => await ReadAsync(db => db.Set<OutboxMessage>().AsNoTracking().OrderBy(m => m.Seq).ToListAsync());

    public async Task<T> ReadAsync<T>(Func<AnlanDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AnlanDb>());
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The refusals of a problem as <c>field:code</c>, or the bare code.</summary>
    public static async Task<string[]> RefusalsAsync(HttpResponseMessage answer) =>
        [.. (await JsonAsync(answer)).GetProperty("refusals").EnumerateArray().Select(r => (r.TryGetProperty("field", out var field) && field.GetString() is { } name ? name + ":" : "") + r.GetProperty("code").GetString())];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        TestStore.Remove(_folder);
    }

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
