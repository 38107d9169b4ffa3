using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Messages;

/// <summary>Registers messages to the world outside.</summary>
public static class MessageServices
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Anlan:Messages";

    /// <summary>Adds box, gateways and the sender; whoever hosts starts the sender.</summary>
    public static IServiceCollection AddOutgoingMessages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MessagesOptions>().Bind(configuration.GetSection(Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MessagesOptions>, MessagesOptionsCheck>();
        services.AddSingleton<IMessageGateway, TextGateway>();
        services.AddSingleton<IMessageGateway, MailGateway>();
        services.AddSingleton<IMessageGateway, RobotGateway>();
        services.AddScoped<MessageBox>();
        services.AddSingleton<MessageSender>();
        return services;
    }
}
