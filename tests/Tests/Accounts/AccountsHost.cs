using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Anlan.Accounts;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Roles;
using Anlan.Accounts.Sessions;
using Anlan.Accounts.SetUp;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Messages;
using Anlan.Contracts.Training;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Accounts;

/// <summary>The Accounts module alone behind a real HTTP pipeline, with its neighbours faked and the clock in the test's hand.</summary>
internal sealed partial class AccountsHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string Pin = "271828";

    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly ConditionalWeakTable<HttpClient, CookieContainer> _cookies = [];
    private Guid? _cityBureau;
    private bool _isSystemInvited;

    private AccountsHost(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
    }

    public IServiceProvider Services => _app.Services;

    public Neighbours Neighbours => Services.GetRequiredService<Neighbours>();

    /// <summary>What ends sessions whose time has come; its own turns come with the clock, at moments that no test waits for.</summary>
    public SessionClockwork Clockwork => Services.GetServices<IHostedService>().OfType<SessionClockwork>().Single();

    public FakeTimeProvider Clock => Services.GetRequiredService<FakeTimeProvider>();

    public string LinkFile => Path.Combine(_folder, "set-up-link.txt");

    /// <param name="folder">A data folder that another host left, or null for an empty one.</param>
    /// <param name="isDemo">False where organs and administrators must give a second factor.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<AccountsHost> StartAsync(string? folder = null, bool isDemo = true, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        folder ??= Directory.CreateTempSubdirectory("anlan-accounts-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([new("Anlan:Accounts:HashIterations", "1000"), new("Anlan:PublicBaseUrl", "http://anlan.test"), new("Anlan:Demo", isDemo ? "true" : "false"), .. settings]);
        // Far ahead of any real clock, because the client's cookie box judges expiry by the real one.
        var clock = new FakeTimeProvider(new DateTimeOffset(2040, 3, 5, 1, 0, 0, TimeSpan.Zero));
        var modules = new ModuleList(new AccountsModule());
        var neighbours = new Neighbours();
        builder.Services.AddSingleton(modules).AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(new DataFolder(folder)).AddSingleton(neighbours)
            .AddSingleton(new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), clock)).AddSingleton(Books.Whole)
            .AddSingleton<IPeople>(neighbours).AddSingleton<IEnterprises>(neighbours).AddSingleton<IEmployment>(neighbours).AddSingleton<IQualifications>(neighbours).AddSingleton<IDivisions>(neighbours).AddSingleton<IContacts>(neighbours).AddSingleton<IMessages>(neighbours)
            .AddAnlanData(TestStore.Of(folder)).AddPermissions().AddProblemDetails()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        builder.Services.AddRazorComponents();
        modules.Modules[0].AddServices(builder.Services, builder.Configuration);
        var app = builder.Build();
        app.UseRequestLocalization("zh-CN", "en");
        app.UseAuthentication();
        app.UseCurrentActor();
        app.UseAuthorization();
        app.UseAntiforgery();
        modules.Modules[0].MapRoutes(app.MapGroup("/api/v1").RecordPeopleSeen());
        app.MapRazorComponents<PageRoot>().AddAdditionalAssemblies(typeof(AccountsModule).Assembly);
        app.MapGet("/desk", () => "desk").RequireAuthorization();
        app.MapGet("/accounts-only", () => "accounts").RequirePermission("accounts.edit");
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            await TestStore.CreateTablesAsync(db, folder);
            foreach (var index in app.Services.GetServices<IEntityIndex>()) await index.LoadAsync(db, CancellationToken.None);
        }

        await app.StartAsync();
        return new AccountsHost(app, folder);
    }

    /// <summary>A browser: keeps cookies, follows no redirect.</summary>
    public HttpClient Browser()
    {
        var cookies = new CookieContainer();
        var browser = new HttpClient(new CookieContainerHandler(cookies) { InnerHandler = _app.GetTestServer().CreateHandler() }) { BaseAddress = new Uri("http://anlan.test") };
        _cookies.Add(browser, cookies);
        return browser;
    }

    /// <summary>The session cookie of a browser, as a thief would copy it.</summary>
    public string CookieOf(HttpClient browser) => _cookies.TryGetValue(browser, out var cookies) ? cookies.GetCookies(new Uri("http://anlan.test"))["anlan"]!.Value : throw new InvalidOperationException("Not a browser of this host.");

    /// <summary>Another browser that has somebody's session cookie.</summary>
    public HttpClient BrowserWith(string cookie)
    {
        var browser = Browser();
        browser.DefaultRequestHeaders.Add("Cookie", "anlan=" + cookie);
        return browser;
    }

    /// <summary>The token of the link in the file.</summary>
    public string SetUpToken() => File.ReadAllText(LinkFile).Trim().Split('/')[^1];

    public static async Task<HttpResponseMessage> SetUpAsync(HttpClient browser, string token, string userName = "root-of-all", string password = Password) =>
        await browser.PostAsJsonAsync("/api/v1/set-up", new { token, userName, password, displayName = "Chief" });

    /// <summary>A browser with the security administrator signed in; sets up first when needed.</summary>
    public async Task<HttpClient> AdministratorAsync()
    {
        var browser = Browser();
        if (File.Exists(LinkFile)) (await SetUpAsync(browser, SetUpToken())).EnsureSuccessStatusCode();
        (await SignInAsync(browser, "root-of-all")).EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>A browser with the system administrator signed in; invited first when needed.</summary>
    public async Task<HttpClient> SystemAsync()
    {
        var browser = Browser();
        if (_isSystemInvited) (await SignInAsync(browser, "runs-it")).EnsureSuccessStatusCode();
        else browser = await StaffAsync(RoleNames.SystemAdministrator, "runs-it");
        _isSystemInvited = true;
        return browser;
    }

    /// <summary>Opens a page and posts its form like a person does; the answer to the post.</summary>
    public static async Task<HttpResponseMessage> FillInAsync(HttpClient browser, string page, params IReadOnlyList<(string Name, string Value)> fields)
    {
        var html = await browser.GetStringAsync(page);
        var hidden = HiddenField().Matches(html).Select(found => KeyValuePair.Create(found.Groups[1].Value, WebUtility.HtmlDecode(found.Groups[2].Value)));
        using var form = new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create("Input." + field.Name, field.Value))));
        return await browser.PostAsync(page, form);
    }

    /// <summary>Reads something from the database.</summary>
    public async Task<T> ReadAsync<T>(Func<AnlanDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AnlanDb>());
    }

    public static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string userName, string password = Password) =>
        browser.PostAsJsonAsync("/api/v1/sign-in", new { userName, password });

    /// <summary>Invites a person who holds a certificate; the code as printed.</summary>
    public static async Task<string> InviteWelderAsync(HttpClient inviter, PersonId person)
    {
        var answer = await inviter.PostAsJsonAsync("/api/v1/invitations", new { person = person.Value });
        answer.EnsureSuccessStatusCode();
        return (await JsonAsync(answer)).GetProperty("code").GetString()!;
    }

    /// <summary>A browser with a welder signed in who has claimed an account.</summary>
    public async Task<(HttpClient Browser, Guid Account)> WelderAsync(PersonId person, string userName = "welder")
    {
        using var administrator = await AdministratorAsync();
        var code = await InviteWelderAsync(administrator, person);
        var browser = Browser();
        var claim = await browser.PostAsJsonAsync("/api/v1/claims", new { certificateNumber = Neighbours.NumberOf(person), code, userName, password = Password, pin = Pin });
        claim.EnsureSuccessStatusCode();
        (await SignInAsync(browser, userName)).EnsureSuccessStatusCode();
        return (browser, (await JsonAsync(claim)).GetProperty("account").GetGuid());
    }

    /// <summary>A browser with staff signed in, invited by the administrator.</summary>
    public async Task<HttpClient> StaffAsync(string role, string userName, Guid? enterprise = null, Guid? organ = null)
    {
        using var administrator = await AdministratorAsync();
        if (Services.GetRequiredService<RoleBook>().Find(role)?.Standing == Standing.Organ && organ is null) organ = _cityBureau ??= await AnOrganAsync(await SystemAsync(), "cityBureau", "Northport Bureau", division: "9905");
        var invited = await JsonAsync(await administrator.PostAsJsonAsync("/api/v1/invitations", new { role, enterprise, displayName = userName, organ }));
        var browser = Browser();
        var claim = await browser.PostAsJsonAsync("/api/v1/claims", new { invitation = invited.GetProperty("id").GetGuid(), code = invited.GetProperty("code").GetString(), userName, password = Password });
        claim.EnsureSuccessStatusCode();
        (await SignInAsync(browser, userName)).EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>An organ, and what it supervises from today on.</summary>
    public static async Task<Guid> AnOrganAsync(HttpClient system, string kind, string name, Guid? parent = null, string? division = null, Guid? enterprise = null, DateOnly? from = null, DateOnly? to = null)
    {
        var entered = await system.PostAsJsonAsync("/api/v1/organs", new { kind, nameZh = name, nameEn = name, parent });
        entered.EnsureSuccessStatusCode();
        var organ = (await JsonAsync(entered)).GetProperty("id").GetGuid();
        if (division is not null || enterprise is not null) await AssignAsync(system, organ, division, enterprise, from, to);
        return organ;
    }

    /// <summary>A new assignment.</summary>
    public static async Task<Guid> AssignAsync(HttpClient system, Guid organ, string? division, Guid? enterprise = null, DateOnly? from = null, DateOnly? to = null)
    {
        var assigned = await system.PostAsJsonAsync($"/api/v1/organs/{organ}/assignments", new { division, enterprise, from, to, basis = "Decree 1" });
        assigned.EnsureSuccessStatusCode();
        return (await JsonAsync(assigned)).GetProperty("id").GetGuid();
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The code of the first refusal of a problem.</summary>
    public static async Task<string?> RefusalAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await JsonAsync(answer)).GetProperty("refusals")[0].GetProperty("code").GetString();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        TestStore.Remove(_folder);
    }

    /// <summary>Ends the program but keeps its data folder, as a restart does; the folder.</summary>
    public async Task<string> StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        return _folder;
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" />""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex HiddenField();
}
