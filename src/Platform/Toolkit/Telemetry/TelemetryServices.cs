using System.ComponentModel.DataAnnotations;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Telemetry;

/// <summary>What is done with measurements, section <c>Anlan:Measurements</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>How often they are sealed and rolled up: each time is an entry of the log. Default 5 s; 0.1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan RollUpInterval { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Registers the telemetry.</summary>
public static class TelemetryServices
{
    /// <summary>Adds the store that belongs to the chosen database, its log, seals and retention.</summary>
    public static IServiceCollection AddTelemetryLog(this IServiceCollection services, IConfiguration configuration, DatabaseChoice choice)
    {
        services.AddOptions<TelemetryOptions>().Bind(configuration.GetSection("Anlan:Measurements")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => choice.OpenTelemetry(provider.GetRequiredService<DataFolder>()));
        services.AddSingleton<TelemetryLog>();
        services.AddSingleton<LogKind>(TelemetrySeal.Kind);
        services.AddSingleton<IRetainedRecords, RetainedTelemetry>();
        return services;
    }
}
