using Microsoft.Data.Sqlite;

namespace Anlan.Toolkit.Data;

/// <summary>Finds out whether a running program has a database file open.</summary>
internal static class SqliteClaim
{
    /// <summary>Folds the write-ahead file in, which SQLite does only for the one process that has the file open; false when another has it. A server sets it up again.</summary>
    public static bool TryTake(string file)
    {
        if (!File.Exists(file)) return true;
        using var sqlite = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=2");
        try
        {
            sqlite.Open();
            using var command = sqlite.CreateCommand();
            command.CommandText = "pragma journal_mode=delete";
            return command.ExecuteScalar() is "delete";
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6)
        {
            return false;
        }
    }
}
