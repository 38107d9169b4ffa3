using System.Data.Common;
using System.Runtime.CompilerServices;
using Anlan.Toolkit.Log;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Anlan.Toolkit.Data;

/// <summary>
/// Writes whole rows of one table with one prepared command: a row whose key is there already is replaced. For rows that nobody edits
/// (read tables, the outbox) it costs a tenth of what change tracking costs; columns and conversions come from the same mappings. Columns
/// that the mapping never updates (after-save behaviour) keep their first value, which spares their indexes.
/// </summary>
internal sealed class RowWriter
{
    private const int MostInBatch = 500;
    private static readonly ConditionalWeakTable<IEntityType, RowWriter> Writers = [];
    private static readonly ConditionalWeakTable<IEntityType, RowWriter> Copiers = [];
    private readonly List<Column> _columns = [];
    private readonly string _sql;

    private RowWriter(IEntityType type, ISqlGenerationHelper sql, bool isCopy)
    {
        if (!isCopy && typeof(IVersioned).IsAssignableFrom(type.ClrType)) throw new NotSupportedException($"{type.DisplayName()} is edited, not replaced: add it to the context.");
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var key = type.FindPrimaryKey()!.Properties;
        var isKeyMade = !isCopy && key is [{ ValueGenerated: ValueGenerated.OnAdd, ClrType: var keyType }] && keyType == typeof(long);
        foreach (var property in type.GetFlattenedProperties().Where(property => !(isKeyMade && key.Contains(property)))) _columns.Add(new Column(property, sql.DelimitIdentifier(property.GetColumnName(table)!)));
        var names = string.Join(", ", _columns.Select(column => column.Name));
        var values = string.Join(", ", _columns.Select((_, i) => sql.GenerateParameterName("p" + i)));
        _sql = $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({names}) VALUES ({values})";
        if (isKeyMade || isCopy) return;
        var keys = string.Join(", ", _columns.Where(column => key.Contains(column.Property)).Select(column => column.Name));
        var others = string.Join(", ", _columns.Where(column => !key.Contains(column.Property) && column.Property.GetAfterSaveBehavior() == PropertySaveBehavior.Save)
            .Select(column => $"{column.Name} = excluded.{column.Name}"));
        _sql += others.Length == 0 ? $" ON CONFLICT ({keys}) DO NOTHING" : $" ON CONFLICT ({keys}) DO UPDATE SET {others}";
    }

    /// <summary>Writes rows of one type within the context's transaction.</summary>
    public static Task WriteAsync(DbContext db, Type rowType, IReadOnlyList<object> rows, CancellationToken stop)
    {
        var type = db.Model.FindEntityType(rowType) ?? throw new InvalidOperationException($"{rowType.Name} has no mapping.");
        return Writers.GetValue(type, known => new RowWriter(known, db.GetService<ISqlGenerationHelper>(), isCopy: false)).RunAsync(db, rows, stop);
    }

    /// <summary>Writes new rows exactly as they are, keys and versions included, within the context's transaction; a key that is there already fails.</summary>
    public static Task CopyAsync(DbContext db, IEntityType type, IReadOnlyList<object> rows, CancellationToken stop) =>
        Copiers.GetValue(type, known => new RowWriter(known, db.GetService<ISqlGenerationHelper>(), isCopy: true)).RunAsync(db, rows, stop);

    private async Task RunAsync(DbContext db, IReadOnlyList<object> rows, CancellationToken stop)
    {
        var connection = db.Database.GetDbConnection();
        if (connection is SqliteConnection sqlite)
        {
            WriteEach(sqlite, rows, stop);
            return;
        }

        var sql = db.GetService<ISqlGenerationHelper>();
        await using var command = connection.CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var some in rows.Chunk(MostInBatch)) await WriteBatchAsync(command, sql, some, stop);
    }

    // SQLite is here in the process: one statement, compiled once for all rows.
    private void WriteEach(SqliteConnection connection, IReadOnlyList<object> rows, CancellationToken stop)
    {
        using var statement = new PreparedStatement(connection.Handle!, _sql);
        foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var column in _columns) statement.WithValue(column.ValueOf(row));
            statement.Run();
        }
    }

    // A server is far away: one round trip for many rows.
    private async Task WriteBatchAsync(DbCommand pattern, ISqlGenerationHelper sql, object[] rows, CancellationToken stop)
    {
        await using var batch = pattern.Connection!.CreateBatch();
        batch.Transaction = pattern.Transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = _sql;
            for (var i = 0; i < _columns.Count; i++) command.Parameters.Add(_columns[i].Parameter(pattern, sql.GenerateParameterName("p" + i), row));
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(stop);
    }

    private sealed class Column(IProperty property, string name)
    {
        private readonly RelationalTypeMapping _mapping = property.GetRelationalTypeMapping();
        private readonly IClrPropertyGetter[] _way = [.. WayTo(property)];
        private readonly Func<object?, object?>? _convert = property.GetRelationalTypeMapping().Converter?.ConvertToProvider;

        public IProperty Property { get; } = property;

        public string Name { get; } = name;

        public DbParameter Parameter(DbCommand command, string parameter, object row) => _mapping.CreateParameter(command, parameter, Read(row), Property.IsNullable);

        public object ValueOf(object row) => (Read(row) is { } value ? _convert is null ? value : _convert(value) : null) ?? DBNull.Value;

        // A value within a value: first the outer one, then the inner one.
        private static List<IClrPropertyGetter> WayTo(IProperty property)
        {
            var way = new List<IClrPropertyGetter> { property.GetGetter() };
            for (var holder = property.DeclaringType as IComplexType; holder is not null; holder = holder.ComplexProperty.DeclaringType as IComplexType) way.Insert(0, holder.ComplexProperty.GetGetter());
            return way;
        }

        private object? Read(object row)
        {
            object? value = row;
            foreach (var step in _way)
            {
                if (value is null) return null;
                value = step.GetClrValue(value);
            }

            return value;
        }
    }
}
