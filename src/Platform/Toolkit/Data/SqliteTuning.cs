using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Anlan.Toolkit.Data;

/// <summary>
/// Settings that SQLite keeps per connection: a page cache that holds the busy indexes, and longer intervals between checkpoints, so that
/// a page which many transactions touch is copied into the database once. Durability is untouched (synchronous=FULL is the default).
/// </summary>
internal sealed class SqliteTuning : DbConnectionInterceptor
{
    private const string Settings = "pragma cache_size=-32768; pragma wal_autocheckpoint=8000";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
