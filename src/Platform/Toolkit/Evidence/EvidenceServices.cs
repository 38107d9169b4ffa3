using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Evidence;

/// <summary>Registers the evidence over the log.</summary>
public static class EvidenceServices
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Anlan:Evidence";

    /// <summary>Adds tree, heads, publishing and witnessing; whoever hosts starts the clockwork.</summary>
    public static IServiceCollection AddLogEvidence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EvidenceOptions>().Bind(configuration.GetSection(Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EvidenceOptions>, EvidenceOptionsCheck>();
        services.AddSingleton<TreeKeys>();
        services.AddSingleton<PeerKeys>();
        services.AddSingleton<LogTree>();
        services.AddSingleton<HeadPublisher>();
        services.AddSingleton<HeadClockwork>();
        services.AddScoped<TreeHeads>();
        services.AddScoped<PeerHeads>();
        services.AddScoped<ProveEntry>();
        return services;
    }
}
