using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;

namespace Anlan.Host;

/// <summary>Schema, indexes and read tables are ready before Kestrel opens a door: a server that does not know yet refuses nobody wrongly and grants nothing.</summary>
internal sealed class StartUp(DatabaseSetup database, Projector projector, IEnumerable<IStartUpStep> steps, IServiceScopeFactory scopes) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
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
}
