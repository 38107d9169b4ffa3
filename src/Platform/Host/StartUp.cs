using Anlan.Kernel.Rules;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Security;

namespace Anlan.Host;

/// <summary>
/// Rule book, schema, indexes and read tables are ready before Kestrel opens a door: a server that does not know yet refuses nobody wrongly
/// and grants nothing, and a rule book with a fault keeps the doors closed.
/// </summary>
internal sealed partial class StartUp(RuleBook rules, KeyRing keys, SigningKeys signing, DatabaseSetup database, Projector projector, IEnumerable<IStartUpStep> steps, IServiceScopeFactory scopes, ILogger<StartUp> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        LogRules(rules.All.Count, rules.Jurisdictions.Count);
        // The first backup of a new installation needs the keys, used or not.
        LogKeys(keys.All.Count, signing.Trusted.Count);
        await database.RunAsync(cancellationToken);
        await projector.CatchUpAsync(cancellationToken);
        foreach (var step in steps)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
            await step.RunAsync(scope.ServiceProvider.GetRequiredService<AnlanDb>(), cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Keys of personal fields: {Personal}, keys that chips trust: {Trusted}")]
    private partial void LogKeys(int personal, int trusted);

    [LoggerMessage(Level = LogLevel.Information, Message = "Rule book: {Rules} rules of {Jurisdictions} jurisdictions")]
    private partial void LogRules(int rules, int jurisdictions);
}
