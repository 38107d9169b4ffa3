using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>A database that leaves and returns: PostgreSQL behind a wire that is cut, SQLite on a disk that takes nothing.</summary>
internal sealed class LeavingDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-leaving-").FullName;
    private readonly GatedStore _store = new();
    private readonly FullDisk _tables = new();
    private readonly ConcurrentBag<Socket> _ends = [];
    private readonly CancellationTokenSource _over = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private volatile bool _isAway;

    public Task<WeldingHost> StartAsync()
    {
        if (TestStore.Of(_folder).Postgres is not { } connection)
        {
            return WeldingHost.StartAsync(_store.Around, _folder, adjust: services => services.ConfigureDbContext<AnlanDb>((_, options) => options.AddInterceptors(_tables)));
        }

        var server = new NpgsqlConnectionStringBuilder(connection);
        _listener.Start();
        _ = AcceptAsync(server);
        var wire = new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port };
        return WeldingHost.StartAsync(folder: _folder, settings: $"--Anlan:Postgres={wire.ConnectionString}");
    }

    public void Leave()
    {
        _isAway = _tables.IsFull = true;
        _store.Fail();
        foreach (var end in _ends) end.Dispose();
    }

    public void Return()
    {
        _isAway = _tables.IsFull = false;
        _store.Mend();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        foreach (var end in _ends) end.Dispose();
        _store.Dispose();
        _over.Dispose();
        TestStore.Remove(_folder);
    }

    private async Task AcceptAsync(NpgsqlConnectionStringBuilder server)
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_over.Token);
                if (_isAway)
                {
                    near.Dispose();
                    continue;
                }

                var far = server.Host!.StartsWith('/') ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
                await far.ConnectAsync(server.Host.StartsWith('/') ? new UnixDomainSocketEndPoint($"{server.Host}/.s.PGSQL.{server.Port}") : new DnsEndPoint(server.Host, server.Port), _over.Token);
                _ends.Add(near);
                _ends.Add(far);
                _ = CarryAsync(near, far);
                _ = CarryAsync(far, near);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private static async Task CarryAsync(Socket from, Socket to)
    {
        var bytes = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes) is > 0 and var count)
            {
                for (var sent = 0; sent < count;) sent += await to.SendAsync(bytes.AsMemory(sent, count - sent));
            }
        }
        catch (Exception cut) when (cut is ObjectDisposedException or SocketException)
        {
            // Cut, or the other end hung up.
        }

        from.Dispose();
        to.Dispose();
    }
}
