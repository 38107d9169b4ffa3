using Npgsql;

namespace Anlan.Benchmarks.Scopes;

/// <summary>A database of one's own in a server; goes away with the bench.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"anlan_bench_{Guid.CreateVersion7():N}";

    private BenchDatabase(string server) => _server = server;

    /// <summary>Connects to it.</summary>
    public string Connection => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

    public static async Task<BenchDatabase> MakeAsync(string server, CancellationToken stop)
    {
        var database = new BenchDatabase(server);
        await database.RunAsync($"CREATE DATABASE {database._name}", stop);
        return database;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync($"DROP DATABASE {_name} WITH (FORCE)", CancellationToken.None);
    }

    private async Task RunAsync(string sql, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(stop);
    }
}
