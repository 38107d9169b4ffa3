using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Anlan.Accounts.SetUp;

/// <summary>Prints the set-up link once the doors are open, as long as nobody administers the installation.</summary>
internal sealed class AnnounceSetUp(SetUpLink link, IServer server, IOptions<AccountsOptions> options) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (link.Make(options.Value.PublicAddress ?? OwnAddress()) is not { } made) return;
        // To the terminal, never to the log: logs are copied, kept and read by others.
        await Console.Out.WriteLineAsync($"SET-UP LINK: {made}".AsMemory(), cancellationToken);
        await Console.Out.FlushAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The Host listens for pages first, then for devices.
    private string OwnAddress()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        return address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);
    }
}
