using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Anlan.Benchmarks.Import;

/// <summary>The baseline: the rows that an import wrote, read back and put into a new file, ten thousand in a durable transaction, one prepared statement; nothing checked, nothing else written.</summary>
internal static class SameRows
{
    private const string Table = "enterprises_enterprises";
    private const int RowsATransaction = 10_000;

    /// <summary>Rows a second into the table as it is, with its indexes, and into one without any.</summary>
    public static (double Bare, double Plain) Insert(string database, string folder, int most)
    {
        List<object[]> rows = [];
        List<string> statements = [];
        using (var source = Open(database))
        {
            using var schema = source.CreateCommand();
            schema.CommandText = $"select sql from sqlite_master where tbl_name = '{Table}' and sql is not null order by type desc";
            using (var found = schema.ExecuteReader())
            {
                while (found.Read()) statements.Add(found.GetString(0));
            }

            using var read = source.CreateCommand();
            read.CommandText = $"select * from {Table} order by Id desc limit {most}";
            using var reader = read.ExecuteReader();
            while (reader.Read())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }
        }

        rows.Reverse();
        return (Rate(Path.Combine(folder, "bare.db"), statements, rows), Rate(Path.Combine(folder, "plain.db"), [$"create table {Table} ({string.Join(", ", Enumerable.Range(0, rows[0].Length).Select(at => $"c{at}"))})"], rows));
    }

    private static double Rate(string path, IReadOnlyList<string> statements, List<object[]> rows)
    {
        File.Delete(path);
        using var file = Open(path);
        foreach (var statement in statements.Prepend("pragma synchronous=full").Prepend("pragma journal_mode=wal"))
        {
            using var command = file.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        using var insert = file.CreateCommand();
        insert.CommandText = $"insert into {Table} values ({string.Join(", ", Enumerable.Range(0, rows[0].Length).Select(at => $"$p{at}"))})";
        var parameters = Enumerable.Range(0, rows[0].Length).Select(at => insert.Parameters.AddWithValue($"$p{at}", DBNull.Value)).ToList();
        var from = Stopwatch.GetTimestamp();
        foreach (var some in rows.Chunk(RowsATransaction))
        {
            using var transaction = file.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var row in some)
            {
                for (var at = 0; at < row.Length; at++) parameters[at].Value = row[at];
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows.Count / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    private static SqliteConnection Open(string path)
    {
        var file = new SqliteConnection($"Data Source={path};Pooling=False");
        file.Open();
        return file;
    }
}
