using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Anlan.Toolkit.Log;

/// <summary>
/// A statement of the log's writer, compiled once and run by one thread. Beneath ADO.NET, because its commands cost several times what
/// SQLite itself costs, and everything that a city's machines do passes here.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private const int TextOnStack = 512;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    /// <summary>Compiles a statement; its parameters are bound in their order.</summary>
    public PreparedStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    /// <summary>Binds the next parameter.</summary>
    public PreparedStatement With(long value) => Bound(raw.sqlite3_bind_int64(_statement, ++_bound, value));

    /// <summary>Binds the next parameter.</summary>
    public PreparedStatement With(ReadOnlySpan<byte> value) => Bound(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, ++_bound, 0) : raw.sqlite3_bind_blob(_statement, ++_bound, value));

    /// <summary>Binds the next parameter.</summary>
    public PreparedStatement With(Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out _);
        return Bound(raw.sqlite3_bind_text(_statement, ++_bound, text));
    }

    /// <summary>Binds the next parameter, null included.</summary>
    public PreparedStatement With(string? value)
    {
        if (value is null) return WithNull();
        var length = Encoding.UTF8.GetByteCount(value);
        Span<byte> text = length <= TextOnStack ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(value, text);
        return Bound(raw.sqlite3_bind_text(_statement, ++_bound, text));
    }

    /// <summary>Binds the next parameter, text and form as ADO.NET's provider would write them into the file.</summary>
    /// <exception cref="NotSupportedException">A type that no column has.</exception>
    public PreparedStatement WithValue(object value) => value switch
    {
        DBNull => WithNull(),
        string text => With(text),
        long number => With(number),
        int number => With(number),
        bool truth => With(truth ? 1L : 0L),
        double number => Bound(raw.sqlite3_bind_double(_statement, ++_bound, number)),
        Guid id => WithUpper(id),
        DateOnly day => With(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        byte[] bytes => With(bytes.AsSpan()),
        _ => throw new NotSupportedException($"{value.GetType().Name} cannot be bound."),
    };

    /// <summary>Binds null to the next parameter.</summary>
    public PreparedStatement WithNull() => Bound(raw.sqlite3_bind_null(_statement, ++_bound));

    /// <summary>Runs it; answers how many rows it wrote.</summary>
    /// <exception cref="SqliteException">It could not be run.</exception>
    public int Run()
    {
        _bound = 0;
        var code = raw.sqlite3_step(_statement);
        // Resetting repeats the error of the step; the bindings stay and are overwritten next time.
        raw.sqlite3_reset(_statement);
        return code == raw.SQLITE_DONE ? raw.sqlite3_changes(_database) : throw Failure(code);
    }

    /// <summary>Runs it; answers the bytes in the first column of the first row, or null when there is no row.</summary>
    /// <exception cref="SqliteException">It could not be run.</exception>
    public byte[]? ReadBytes()
    {
        _bound = 0;
        var code = raw.sqlite3_step(_statement);
        var bytes = code == raw.SQLITE_ROW ? raw.sqlite3_column_blob(_statement, 0).ToArray() : null;
        raw.sqlite3_reset(_statement);
        return code is raw.SQLITE_ROW or raw.SQLITE_DONE ? bytes : throw Failure(code);
    }

    /// <inheritdoc />
    public void Dispose() => _statement.Dispose();

    private PreparedStatement WithUpper(Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out _);
        Ascii.ToUpperInPlace(text, out _);
        return Bound(raw.sqlite3_bind_text(_statement, ++_bound, text));
    }

    private PreparedStatement Bound(int code)
    {
        Check(code);
        return this;
    }

    private void Check(int code)
    {
        if (code == raw.SQLITE_OK) return;
        _bound = 0;
        throw Failure(code);
    }

    private SqliteException Failure(int code) => new(raw.sqlite3_errmsg(_database).utf8_to_string(), code, raw.sqlite3_extended_errcode(_database));
}
