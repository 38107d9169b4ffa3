using Anlan.Toolkit.Http;
using Microsoft.Extensions.Hosting;

namespace Anlan.Accounts.SetUp;

/// <summary>Prints the set-up link once the doors are open, as long as nobody administers the installation.</summary>
internal sealed class AnnounceSetUp(SetUpLink link, PublicBaseUrl address) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (link.Make(address.Of("")) is not { } made) return;
        // To the terminal, never to the log: logs are copied, kept and read by others.
        await Console.Out.WriteLineAsync($"SET-UP LINK: {made}".AsMemory(), cancellationToken);
        await Console.Out.FlushAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
