using System.Data.Common;
using Anlan.Toolkit.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Anlan.Toolkit.Telemetry;

/// <summary>Compares seals of the log with the measurements that are still kept. Reads only; a running server is not disturbed.</summary>
public sealed class SealCheck : IAsyncDisposable
{
    private readonly DbConnection? _connection;
    private readonly string _sql;

    private SealCheck(DbConnection? connection, string sql) => (_connection, _sql) = (connection, sql);

    /// <summary>Opens the measurements of an installation; there may be none.</summary>
    public static async Task<SealCheck> OpenAsync(DataFolder data, DatabaseChoice choice, CancellationToken stop)
    {
        if (choice.Postgres is { } server)
        {
            var connection = new NpgsqlConnection(server);
            await connection.OpenAsync(stop);
            await using var asked = new NpgsqlCommand("select to_regclass('telemetry.entries') is not null", connection);
            if (await asked.ExecuteScalarAsync(stop) is true) return new SealCheck(connection, "select seq, entry from telemetry.entries where seq between @first and @last order by seq");
            await connection.DisposeAsync();
            return new SealCheck(null, "");
        }

        if (!File.Exists(data.TelemetryDatabase)) return new SealCheck(null, "");
        var file = new SqliteConnection($"Data Source={data.TelemetryDatabase};Pooling=False;Mode=ReadOnly");
        await file.OpenAsync(stop);
        return new SealCheck(file, "select seq, entry from telemetry where seq between @first and @last order by seq");
    }

    /// <summary>True when the measurements are those that were sealed, false when they are others; null when the first of them are past their retention already.</summary>
    public async Task<bool?> HoldsAsync(TelemetrySeal seal, CancellationToken stop)
    {
        if (_connection is null) return null;
        await using var command = _connection.CreateCommand();
        command.CommandText = _sql;
        foreach (var (name, value) in ((string, long)[])[("first", seal.First), ("last", seal.Last)])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        var entries = new List<byte[]>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        for (long? next = null; await rows.ReadAsync(stop); next++)
        {
            var seq = rows.GetInt64(0);
            if (next is { } expected && seq != expected) return false;
            if (next is null && seq != seal.First) return null;
            next = seq;
            entries.Add(rows.GetFieldValue<byte[]>(1));
        }

        if (entries.Count == 0) return null;
        return entries.Count == seal.Last - seal.First + 1 && TelemetrySeal.HashOf(entries) == seal.Hash;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}
