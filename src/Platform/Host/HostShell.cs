using Anlan.Host.Cluster;
using Anlan.Host.Doors;
using Anlan.Host.Operations;
using Anlan.Host.Operations.Telemetry;
using Anlan.Host.Shell;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Localization;
using MudBlazor.Services;
using Scalar.AspNetCore;

namespace Anlan.Host;

/// <summary>Pages, API, documents and health around the modules.</summary>
internal static class HostShell
{
    /// <summary>Adds what pages and API need.</summary>
    public static void AddShell(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOpenApi(document =>
        {
            document.CreateSchemaReferenceId = new SchemaNames().Of;
            document.AddOperationTransformer<KeyRequirement>().AddDocumentTransformer((api, _, _) =>
            {
                KeyRequirement.Declare(api);
                api.Info.Title = "Anlan";
                api.Info.Version = "v1";
                api.Info.Description = "The same operations as the pages. Sign in with POST /api/v1/sign-in; the answer sets the cookie. A program sends an API key instead: Authorization: Bearer anlan_…";
                return Task.CompletedTask;
            });
        });
        services.AddProblemDetails();
        services.AddExceptionHandler<ApiFailures>();
        // What cannot be read is told by ApiFailures, with the field; not by an empty answer.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase)));
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddMudServices();
        services.AddLocalization();
        services.AddAnlanUi();
        services.Configure<RequestLocalizationOptions>(languages =>
        {
            languages.SetDefaultCulture(ShellChoices.Languages[0]).AddSupportedCultures(ShellChoices.Languages).AddSupportedUICultures(ShellChoices.Languages);
            // Chinese first; English is a choice that the reader makes, not one that a browser makes for them.
            languages.RequestCultureProviders = [new CookieRequestCultureProvider()];
        });
    }

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    /// <summary>Maps pages, API, documents and health.</summary>
    public static void MapShell(this WebApplication app, ModuleList modules, HostSettings settings)
    {
        app.UseCluster();
        app.UseDoors(settings);
        app.UseMetricsDoor();
        app.UseRequestLocalization();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/failed",
            CreateScopeForErrors = true,
            StatusCodeSelector = failed => Outage.CodeOf(failed) is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable,
        });
        // A program hears a problem, a reader sees a page.
        app.UseWhen(IsApi, api => api.UseStatusCodePages());
        app.UseWhen(http => !IsApi(http), pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseAddressCheck();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseCurrentActor();
        app.UseAuthorization();
        app.UseAntiforgery();
        // Named, because tests and benches start the same application from programs of other names.
        app.MapStaticAssets("Anlan.Host.staticwebassets.endpoints.json");

        var api = app.MapGroup("/api/v1").RecordPeopleSeen();
        foreach (var module in modules.Modules) module.MapRoutes(api);
        api.MapFallback(UnknownOperation.Answer);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null).AddAdditionalAssemblies([.. modules.Assemblies.Where(assembly => assembly != typeof(App).Assembly)]);
        app.MapShellChoices();
        app.MapOpenApi();
        // Nothing of the reference asks another site for anything: a bureau's network often reaches none.
        app.MapScalarApiReference("/reference", reference => reference.DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp());
        app.MapMetrics();
        app.MapGet("/health/live", () => Results.Ok()).WithTags("Health").WithSummary("The process runs").AsksByItself();
        app.MapGet("/health/ready", Readiness.AnswerAsync).WithTags("Health").WithSummary("The server takes requests").AsksByItself();
    }
}
