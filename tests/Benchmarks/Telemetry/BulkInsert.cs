using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Anlan.Benchmarks.Telemetry;

/// <summary>The baseline: the same points into a plain table, a row each, ten thousand in a durable transaction; nothing else to do.</summary>
internal static class BulkInsert
{
    private const int PointsATransaction = 10_000;

    public static async Task<double> IntoSqliteAsync(string folder, TimeSpan time, CancellationToken stop)
    {
        await using var file = new SqliteConnection($"Data Source={Path.Combine(folder, "baseline.db")};Pooling=False");
        await file.OpenAsync(stop);
        await RunAsync(file, "pragma page_size=8192", stop);
        await RunAsync(file, "pragma journal_mode=wal", stop);
        await RunAsync(file, "pragma synchronous=full", stop);
        await RunAsync(file, "create table points(machine integer, at integer, a real, v real, arc integer, temp real, gas integer)", stop);
        await using var insert = file.CreateCommand();
        insert.CommandText = "insert into points values($machine, $at, $a, $v, $arc, $temp, $gas)";
        var parameters = ((string[])["$machine", "$at", "$a", "$v", "$arc", "$temp", "$gas"]).Select(name => insert.Parameters.AddWithValue(name, 0L)).ToList();
        insert.Prepare();
        return Rate(time, points =>
        {
            using var transaction = file.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var point in points)
            {
                parameters[0].Value = point.Machine;
                parameters[1].Value = point.At;
                parameters[2].Value = point.Amperes;
                parameters[3].Value = point.Volts;
                parameters[4].Value = 0L;
                parameters[5].Value = point.Degrees;
                parameters[6].Value = 0L;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        });
    }

    public static async Task<double> IntoPostgresAsync(string connection, TimeSpan time, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var open = await source.OpenConnectionAsync(stop);
        await using (var table = new NpgsqlCommand("create table points(machine bigint, at bigint, a float8, v float8, arc boolean, temp float8, gas boolean)", open)) await table.ExecuteNonQueryAsync(stop);
        return Rate(time, points =>
        {
            using var copy = open.BeginBinaryImport("copy points from stdin (format binary)");
            foreach (var point in points)
            {
                copy.StartRow();
                copy.Write(point.Machine, NpgsqlDbType.Bigint);
                copy.Write(point.At, NpgsqlDbType.Bigint);
                copy.Write(point.Amperes, NpgsqlDbType.Double);
                copy.Write(point.Volts, NpgsqlDbType.Double);
                copy.Write(false, NpgsqlDbType.Boolean);
                copy.Write(point.Degrees, NpgsqlDbType.Double);
                copy.Write(false, NpgsqlDbType.Boolean);
            }

            copy.Complete();
        });
    }

    private static double Rate(TimeSpan time, Action<IEnumerable<Point>> write)
    {
        write(Points(0));
        var (from, written) = (Stopwatch.GetTimestamp(), 0L);
        for (; Stopwatch.GetElapsedTime(from) < time; written += PointsATransaction) write(Points(written));
        return written / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    private static IEnumerable<Point> Points(long first)
    {
        for (var i = first; i < first + PointsATransaction; i++) yield return new Point(i % 1_000, i, 150 + i % 10, 24.4, 41.5);
    }

    private static async Task RunAsync(SqliteConnection file, string sql, CancellationToken stop)
    {
        await using var command = file.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(stop);
    }

    private readonly record struct Point(long Machine, long At, double Amperes, double Volts, double Degrees);
}
