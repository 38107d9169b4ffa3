using System.Collections;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Host;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Toolkit.Access;

/// <summary>The whole server with every entity, route and page that it has, found by looking, not from a list that somebody keeps.</summary>
internal sealed class ScopedServer : IAsyncDisposable
{
    private const string Password = "correct horse battery";
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly int _port;

    private ScopedServer(WebApplication app, string folder, int port) => (_app, _folder, _port) = (app, folder, port);

    public static async Task<ScopedServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("anlan-scope-").FullName;
        var port = FreePort.Find();
        var app = HostApplication.Build(
            [$"--Anlan:Data={folder}", $"--Anlan:HttpPort={port}", $"--Anlan:MqttPort={FreePort.Find()}", "--Anlan:Demo=true", "--Anlan:Accounts:HashIterations=1000", "--Anlan:Welding:ProfilePause=1.00:00:00", "--Anlan:Alarms:WatchInterval=1.00:00:00", "--Anlan:Cameras:WatchInterval=1.00:00:00", "--Anlan:Doors:AccountBurst=1000000", "--Anlan:Doors:AddressBurst=1000000", .. TestStore.Arguments(folder)],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new ScopedServer(app, folder, port);
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Operations of the API and pages, each with its declaration.</summary>
    public IReadOnlyList<RouteEndpoint> Routes =>
        [.. Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => IsOperation(route) || IsPage(route))];

    public static bool IsPage(RouteEndpoint route) => route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    public static string MethodOf(RouteEndpoint route) => IsPage(route) ? "GET" : route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0];

    /// <summary>The organ above all counties.</summary>
    public Guid CityBureau { get; private set; }

    /// <summary>The three administrators and an officer of the city's bureau as one: together they see and may do everything that anybody may.</summary>
    public async Task<HttpClient> SetUpAsync()
    {
        using var browser = Browser();
        var token = (await File.ReadAllTextAsync(Path.Combine(_folder, "set-up-link.txt"))).Trim().Split('/')[^1];
        (await browser.PostAsJsonAsync("/api/v1/set-up", new { token, userName = "chief", password = Password, displayName = "Chief" })).EnsureSuccessStatusCode();
        using var chief = await SignInAsync("chief");
        await ClaimAsync(await AskAsync(chief, "invitations", new { role = "system-administrator", displayName = "system" }), "system");
        await ClaimAsync(await AskAsync(chief, "invitations", new { role = "audit-administrator", displayName = "audit" }), "audit");
        using var system = await SignInAsync("system");
        CityBureau = (await AskAsync(system, "organs", new { kind = "cityBureau", nameZh = "City", nameEn = "City" })).GetProperty("id").GetGuid();
        await AskAsync(system, $"organs/{CityBureau}/assignments", new { division = "3305", basis = "Decree 1" });
        await ClaimAsync(await AskAsync(chief, "invitations", new { role = "city-bureau", organ = CityBureau, displayName = "officer" }), "officer");
        var desks = new List<CookieContainer>();
        foreach (var userName in (string[])["chief", "system", "audit", "officer"])
        {
            var cookies = new CookieContainer();
            using var desk = Browser(cookies);
            (await desk.PostAsJsonAsync("/api/v1/sign-in", new { userName, password = Password })).EnsureSuccessStatusCode();
            desks.Add(cookies);
        }

        return new HttpClient(new AnyDesk(desks)) { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
    }

    /// <summary>A browser in which somebody signed in.</summary>
    public async Task<HttpClient> SignInAsync(string userName)
    {
        var browser = Browser();
        (await browser.PostAsJsonAsync("/api/v1/sign-in", new { userName, password = Password })).EnsureSuccessStatusCode();
        return browser;
    }

    private static async Task<JsonElement> AskAsync(HttpClient desk, string path, object body)
    {
        var answer = await desk.PostAsJsonAsync("/api/v1/" + path, body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private HttpClient Browser(CookieContainer cookies) => new(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };

    // Asks one desk after the other until one may and knows: for what is to be done the administrators first, for what is to be seen the bureau.
    private sealed class AnyDesk(IReadOnlyList<CookieContainer> desks) : HttpMessageHandler
    {
        private readonly List<HttpMessageInvoker> _desks = [.. desks.Select(cookies => new HttpMessageInvoker(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }))];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            for (var turn = 0; ; turn++)
            {
                var desk = request.Method == HttpMethod.Get ? _desks.Count - 1 - turn : turn;
                using var copy = new HttpRequestMessage(request.Method, request.RequestUri);
                if (body is not null)
                {
                    copy.Content = new ByteArrayContent(body);
                    copy.Content.Headers.ContentType = request.Content!.Headers.ContentType;
                }

                var answer = await _desks[desk].SendAsync(copy, cancellationToken);
                var isElsewhere = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound || answer.Headers.Location?.OriginalString == "/forbidden";
                if (!isElsewhere || turn + 1 == _desks.Count) return answer;
                answer.Dispose();
            }
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var desk in _desks) desk.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>Takes up an invitation.</summary>
    public async Task ClaimAsync(JsonElement invited, string userName, string? certificate = null)
    {
        using var browser = Browser();
        var code = invited.GetProperty("code").GetString();
        var invitation = certificate is null ? invited.GetProperty("id").GetGuid() : (Guid?)null;
        (await browser.PostAsJsonAsync("/api/v1/claims", new { certificateNumber = certificate, invitation, code, userName, password = Password, pin = "582047" })).EnsureSuccessStatusCode();
    }

    /// <summary>All rows of entities whose scope is by records, as text by property: what must neither show nor change.</summary>
    public async Task<IReadOnlyDictionary<Type, IReadOnlyList<IReadOnlyDictionary<string, string>>>> RowsAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var read = typeof(ScopedServer).GetMethod(nameof(ReadAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        var all = new Dictionary<Type, IReadOnlyList<IReadOnlyDictionary<string, string>>>();
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.ClrType.GetCustomAttributes(typeof(ScopedAttribute), false) is [ScopedAttribute { By: ScopedBy.Records }]))
        {
            var rows = await (Task<IList>)read.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;
            all[entity.ClrType] = [.. rows.Cast<object>().Select(row => entity.GetProperties().Where(property => property.PropertyInfo is not null)
                .ToDictionary(property => property.Name, property => Text(property.PropertyInfo!.GetValue(row)), StringComparer.Ordinal))];
        }

        return all;
    }

    /// <summary>Entities of the one model.</summary>
    public IReadOnlyList<Type> Entities
    {
        get
        {
            using var scope = Services.CreateScope();
            return [.. scope.ServiceProvider.GetRequiredService<AnlanDb>().Model.GetEntityTypes().Select(entity => entity.ClrType)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        TestStore.Remove(_folder);
    }

    /// <summary>A browser in which nobody signed in.</summary>
    public HttpClient Browser() => Browser(new CookieContainer());

    private static bool IsOperation(RouteEndpoint route) =>
        route.RoutePattern.RawText?.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal) == true && route.Metadata.GetMetadata<IHttpMethodMetadata>() is not null;

    private static async Task<IList> ReadAsync<TEntity>(AnlanDb db) where TEntity : class => await db.Set<TEntity>().AsNoTracking().ToListAsync();

    private static string Text(object? value) => value switch
    {
        null => "",
        byte[] bytes => Convert.ToHexString(bytes),
        DivisionCode division => division.Value,
        _ when value.GetType().GetProperty("Value") is { } inner && inner.PropertyType == typeof(Guid) => inner.GetValue(value)!.ToString()!,
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
