using Npgsql;

namespace Anlan.Toolkit.Cluster;

/// <summary>The row in which the deciding process says who it is and that it lives, and what is done with it.</summary>
internal static class LeadRow
{
    private const long LeadLock = 0x416E6C616E4C; // "AnlanL"

    private const long SchemaLock = 0x416E6C616E53; // "AnlanS"

    // Two processes that begin together may both find it missing.
    private static readonly string Schema = $"""
        select pg_advisory_xact_lock({SchemaLock});
        create schema if not exists cluster;
        create table if not exists cluster.lead(id int primary key check (id = 1), process uuid not null, silo text not null, http text not null, key text not null, ready boolean not null, beat bigint not null);
        """;

    /// <summary>What the row says.</summary>
    /// <param name="Place">Who decides.</param>
    /// <param name="IsReady">It has everything loaded and goes on.</param>
    /// <param name="Beat">Rises while it lives.</param>
    public sealed record Content(LeadPlace Place, bool IsReady, long Beat);

    /// <summary>Name under which PostgreSQL knows the connections of a process.</summary>
    public static string NameOf(Guid process) => $"anlan {process:N}";

    public static async Task MakeAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using (var command = new NpgsqlCommand(Schema, connection, transaction)) await command.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Waits for the lock, as long as that takes; it is kept by this connection.</summary>
    public static async Task LockAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        // A beat says that this process lives, not that anything is safe: it need not wait for the disk.
        await using var command = new NpgsqlCommand($"set synchronous_commit = off; select pg_advisory_lock({LeadLock})", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }

    public static async Task<Content?> ReadAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var command = source.CreateCommand("select process, silo, http, key, ready, beat from cluster.lead");
        await using var row = await command.ExecuteReaderAsync(stop);
        if (!await row.ReadAsync(stop)) return null;
        return new Content(new LeadPlace(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3)), row.GetBoolean(4), row.GetInt64(5));
    }

    public static async Task WriteAsync(NpgsqlConnection holder, LeadPlace place, CancellationToken stop)
    {
        const string Sql = """
            insert into cluster.lead values (1, $1, $2, $3, $4, false, 0)
            on conflict (id) do update set process = $1, silo = $2, http = $3, key = $4, ready = false, beat = 0
            """;
        await using var command = new NpgsqlCommand(Sql, holder)
        {
            Parameters = { new() { Value = place.Process }, new() { Value = place.Silo }, new() { Value = place.Http }, new() { Value = place.Key } },
        };
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <exception cref="LeadLostException">The row belongs to another process.</exception>
    public static async Task BeatAsync(NpgsqlConnection holder, Guid process, bool isReady, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("update cluster.lead set beat = beat + 1, ready = $2 where process = $1", holder) { Parameters = { new() { Value = process }, new() { Value = isReady } } };
        if (await command.ExecuteNonQueryAsync(stop) != 1) throw new LeadLostException("Another process took over.");
    }

    /// <summary>Ends every connection of a silent process: whatever it was about to write, it cannot any more.</summary>
    public static async Task<long> EndConnectionsAsync(NpgsqlDataSource source, Guid process, CancellationToken stop)
    {
        await using var command = source.CreateCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = $1");
        command.Parameters.Add(new() { Value = NameOf(process) });
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }
}
