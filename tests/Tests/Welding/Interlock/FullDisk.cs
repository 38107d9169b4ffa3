using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>Every write fails as SQLite says it on a full disk.</summary>
internal sealed class FullDisk : DbCommandInterceptor
{
    public volatile bool IsFull;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Refuse(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Refuse(command);
        return ValueTask.FromResult(result);
    }

    private void Refuse(DbCommand command)
    {
        if (IsFull && !command.CommandText.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase)) throw new SqliteException("SQLite Error 13: 'database or disk is full'.", 13);
    }
}
