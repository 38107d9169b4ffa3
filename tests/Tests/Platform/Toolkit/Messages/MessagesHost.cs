using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Messages;
using Anlan.Host.Messages;
using Anlan.Kernel.Time;
using Anlan.Tests.Accounts;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Anlan.Tests.Platform.Toolkit.Messages;

/// <summary>Outgoing messages behind a real HTTP pipeline; a test says itself when the sender takes a turn.</summary>
internal static class MessagesHost
{
    public const string Mobile = "13812345678";
    public const string Words = "The gas test is due at nine.";

    /// <summary>Settings that point text messages to a pretended gateway.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> TextTo(string address) =>
    [
        new("Anlan:Messages:Text:Address", address + "/send"), new("Anlan:Messages:Text:AllowOwnNetwork", "true"), new("Anlan:Messages:Text:Accepted", "\"code\"\\s*:\\s*0\\b"),
        new("Anlan:Messages:Text:Headers:Authorization", "Bearer very-secret-token"), new("Anlan:Messages:Text:Headers:X-Once", "{id}"),
        new("Anlan:Messages:Text:Body", """{"mobile":"{phone}","content":"{text}","id":"{id}"}"""), new("Anlan:Messages:Text:Timeout", "00:00:05"),
    ];

    /// <summary>Settings that point e-mail to a pretended server.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> MailTo(int port, string security = "None") =>
        [new("Anlan:Messages:Mail:Host", "localhost"), new("Anlan:Messages:Mail:Port", port.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("Anlan:Messages:Mail:Security", security), new("Anlan:Messages:Mail:From", "Anlan <anlan@example.cn>")];

    public static Task<ModuleHost> StartAsync(params IEnumerable<KeyValuePair<string, string?>> settings) => StartAsync(_ => { }, settings);

    public static Task<ModuleHost> StartAsync(Action<IServiceCollection> adjust, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var module = new MessagesModule();
        return ModuleHost.StartAsync(module, (services, _) =>
        {
            module.AddServices(services, new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
            services.Remove(services.Last(service => service.ServiceType == typeof(IHostedService)));
            services.AddSingleton<IPeople>(new Neighbours()).AddSingleton(provider => new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), provider.GetRequiredService<TimeProvider>()));
            adjust(services);
        }, module.MapRoutes);
    }

    /// <summary>A message as a module asks for it.</summary>
    public static async Task AskAsync(this ModuleHost host, string text = Words, string mobile = Mobile, TimeSpan? lifetime = null, bool isSaved = true)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        scope.ServiceProvider.GetRequiredService<IMessages>().SendText(mobile, text, new MessageCause("messages.test", "test/1", null, lifetime ?? TimeSpan.FromDays(3)));
        if (isSaved) await scope.ServiceProvider.GetRequiredService<AnlanDb>().SaveAsync();
    }

    /// <summary>An e-mail as a module asks for it.</summary>
    public static async Task AskMailAsync(this ModuleHost host, string address = "zhang@example.cn", string title = "Notice", string text = Words)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        scope.ServiceProvider.GetRequiredService<IMessages>().SendMail(address, title, text, new MessageCause("messages.test", "test/1", null, TimeSpan.FromDays(3)));
        await scope.ServiceProvider.GetRequiredService<AnlanDb>().SaveAsync();
    }

    public static Task<int> SendDueAsync(this ModuleHost host) => host.Services.GetRequiredService<MessageSender>().SendDueAsync(TestContext.Current.CancellationToken);

    public static Task<OutgoingMessage> OnlyAsync(this ModuleHost host) => host.ReadAsync(db => db.Set<OutgoingMessage>().AsNoTracking().SingleAsync());

    public static Task<List<MessageAttempt>> AttemptsAsync(this ModuleHost host) => host.ReadAsync(db => db.Set<MessageAttempt>().AsNoTracking().OrderBy(a => a.Id).ToListAsync());
}
