using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Anlan.Kernel.Log;

namespace Anlan.Toolkit.Log;

/// <summary>One kind of log entry: its dotted name and the record of its body. Declared once by its owner, found by name on replay.</summary>
public abstract class LogKind(string name)
{
    /// <summary>Dotted name, for example <c>welding.decision</c>; never reused for another shape.</summary>
    public string Name { get; } = name;

    /// <summary>Reads a body.</summary>
    /// <exception cref="FormatException">The body is not of this kind.</exception>
    public abstract object Decode(ReadOnlySpan<byte> body);
}

/// <summary>A kind with a typed body.</summary>
/// <typeparam name="TBody">The body record; ids, codes, numbers and commitments only, no personal fields.</typeparam>
public abstract class TypedLogKind<TBody>(string name) : LogKind(name) where TBody : class
{
    /// <summary>A draft of an entry of this kind, to be appended.</summary>
    public LogDraft Draft(string subject, DateTimeOffset at, TBody body) => new(this, subject, DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()), body, Encode(body));

    /// <summary>Writes a body.</summary>
    protected abstract byte[] Encode(TBody body);
}

/// <summary>A kind whose body is JSON, as in the hot log.</summary>
/// <typeparam name="TBody">The body record.</typeparam>
public sealed class LogKind<TBody>(string name, JsonTypeInfo<TBody> json) : TypedLogKind<TBody>(name) where TBody : class
{
    /// <inheritdoc />
    public override object Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, json) ?? throw new FormatException($"{Name}: empty body.");
        }
        catch (JsonException broken)
        {
            throw new FormatException($"{Name}: {broken.Message}", broken);
        }
    }

    /// <inheritdoc />
    protected override byte[] Encode(TBody body) => JsonSerializer.SerializeToUtf8Bytes(body, json);
}

/// <summary>All kinds of this installation by name.</summary>
public sealed class LogKinds(IEnumerable<LogKind> kinds)
{
    private readonly Dictionary<string, LogKind> _kinds = kinds.ToDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>Reads an entry with its typed body.</summary>
    /// <exception cref="FormatException">Unknown kind or broken body.</exception>
    public LogRecord Read(LogEntry entry) =>
        _kinds.TryGetValue(entry.Kind, out var kind)
            ? new LogRecord(entry.Seq, entry.At, entry.Kind, entry.Subject, kind.Decode(entry.Body.Span))
            : throw new FormatException($"Log entry {entry.Seq}: unknown kind {entry.Kind}.");
}

/// <summary>A committed entry with its typed body.</summary>
/// <param name="Seq">Position, from 1.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">Name of the kind.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Body">The body record.</param>
public sealed record LogRecord(long Seq, DateTimeOffset At, string Kind, string Subject, object Body);
