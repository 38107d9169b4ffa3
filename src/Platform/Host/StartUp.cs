using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;

namespace Anlan.Host;

/// <summary>Schema, indexes and read tables are ready before Kestrel opens a door: a server that does not know yet refuses nobody wrongly and grants nothing.</summary>
internal sealed class StartUp(DatabaseSetup database, Projector projector) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.RunAsync(cancellationToken);
        await projector.CatchUpAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
