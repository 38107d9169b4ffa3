using Anlan.Toolkit.Access;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Modules;
using Scalar.AspNetCore;

namespace Anlan.Host;

/// <summary>Pages, API, documents and health around the modules.</summary>
internal static class HostShell
{
    /// <summary>Adds what pages and API need.</summary>
    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase)));
    }

    /// <summary>Maps pages, API, documents and health.</summary>
    public static void MapShell(this WebApplication app, ModuleList modules)
    {
        app.UseExceptionHandler();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCurrentActor();
        var api = app.MapGroup("/api/v1");
        foreach (var module in modules.Modules) module.MapRoutes(api);
        app.MapOpenApi();
        app.MapScalarApiReference("/reference");
        app.MapGet("/health/live", () => Results.Ok());
        app.MapGet("/health/ready", (HotLog log, Projector projector) => Results.Ok(new { log = log.LastSeq, projected = projector.Seq }));
    }
}
