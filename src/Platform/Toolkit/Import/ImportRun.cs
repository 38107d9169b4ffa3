using System.Text.Json;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Anlan.Toolkit.Import;

/// <summary>How far an import is.</summary>
public enum ImportState
{
    /// <summary>The dry run goes on.</summary>
    Checking,

    /// <summary>The dry run is done; whoever uploaded it decides.</summary>
    Checked,

    /// <summary>Rows are being written.</summary>
    Applying,

    /// <summary>Written.</summary>
    Applied,

    /// <summary>All or nothing, and a row was refused: what had been written is being taken back.</summary>
    TakingBack,

    /// <summary>Somebody undoes it.</summary>
    Undoing,

    /// <summary>Undone: nothing of it is left.</summary>
    Undone,

    /// <summary>It ended without its aim; <see cref="ImportRun.Code"/> says why.</summary>
    Failed,

    /// <summary>Thrown away before anything was written.</summary>
    Discarded,
}

/// <summary>One file that somebody imports, in whose name, and how far it is. It survives a restart: what is not done is gone on with.</summary>
[Scoped(ScopedBy.Records)]
public sealed class ImportRun : IVersioned
{
    /// <summary>Longest file name that is kept.</summary>
    public const int LongestName = 120;

    /// <summary>Sorts by time.</summary>
    public Guid Id { get; set; }

    /// <summary>Key of the form.</summary>
    public required string Kind { get; set; }

    /// <summary>Name of the file, as it was called.</summary>
    public required string FileName { get; set; }

    /// <summary>Whose it is.</summary>
    public Guid Account { get; set; }

    /// <summary>The actor in whose name rows are judged and written, as JSON.</summary>
    public required string Actor { get; set; }

    /// <summary>The file's headers, as JSON.</summary>
    public required string Headers { get; set; }

    /// <summary>How far it is.</summary>
    public ImportState State { get; set; }

    /// <summary>True when bad rows are left out; false for all or nothing.</summary>
    public bool IsGoodRowsOnly { get; set; }

    /// <summary>Rows in the file.</summary>
    public int Rows { get; set; }

    /// <summary>Rows that the present state is done with.</summary>
    public int Done { get; set; }

    /// <summary>Rows that enter a record.</summary>
    public int Created { get; set; }

    /// <summary>Rows that change one.</summary>
    public int Updated { get; set; }

    /// <summary>Rows that change nothing.</summary>
    public int Same { get; set; }

    /// <summary>Rows that are wrong.</summary>
    public int Refused { get; set; }

    /// <summary>Changes that could not be taken back.</summary>
    public int Obstacles { get; set; }

    /// <summary>Why it failed or was not undone: code of a refusal, or null.</summary>
    public string? Code { get; set; }

    /// <summary>When it was uploaded.</summary>
    public DateTimeOffset UploadedAt { get; set; }

    /// <summary>When its state changed last.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <inheritdoc />
    public int Version { get; set; }

    /// <summary>States in which somebody waits for the platform, not the other way round.</summary>
    public static IReadOnlyList<ImportState> Running { get; } = [ImportState.Checking, ImportState.Applying, ImportState.TakingBack, ImportState.Undoing];

    /// <summary>True while the platform works on it.</summary>
    public bool IsRunning => Running.Contains(State);

    internal Actor ActorOf() => JsonSerializer.Deserialize<Actor>(Actor, JsonSerializerOptions.Web)!;

    internal IReadOnlyList<string> HeadersOf() => JsonSerializer.Deserialize<List<string>>(Headers, JsonSerializerOptions.Web)!;

    /// <summary>Goes into another state.</summary>
    public void Enter(ImportState state, DateTimeOffset at, string? code = null) => (State, Code, ChangedAt, Done) = (state, code, at, 0);
}

/// <summary>Some thousand rows of a file, what is wrong with them and what they changed, all sealed: they hold identity numbers. What happens to it happens in one commit.</summary>
[Scoped(ScopedBy.Records)]
public sealed class ImportPart : IVersioned, ISealed<ImportPart>
{
    /// <summary>Rows in a part. The larger, the less a row costs; but others who save wait for a part, and a revocation shall not wait a second.</summary>
    public const int Size = 2_000;

    /// <inheritdoc />
    public static Sealing<ImportPart> Sealing { get; } = new Sealing<ImportPart>(part => $"platform.import/{part.Id}")
        .Column(p => p.Content, "content").Column(p => p.Findings, "findings").Column(p => p.Changes, "changes").Column(p => p.Obstacles, "obstacles");

    /// <summary>Its id.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose part it is.</summary>
    public Guid Run { get; set; }

    /// <summary>From 1.</summary>
    public int Number { get; set; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; set; }

    /// <summary>True while its changes stand.</summary>
    public bool IsApplied { get; set; }

    /// <summary>The rows as they were uploaded.</summary>
    public required byte[] Content { get; set; }

    /// <summary>What is wrong with rows; null when nothing is.</summary>
    public byte[]? Findings { get; set; }

    /// <summary>What was changed; null when nothing was.</summary>
    public byte[]? Changes { get; set; }

    /// <summary>What stands against taking changes back; null when nothing does.</summary>
    public byte[]? Obstacles { get; set; }

    /// <inheritdoc />
    public int Version { get; set; }

    internal void Seal<T>(PersonalFields fields, string column, IReadOnlyList<T> values)
    {
        var bytes = values.Count == 0 ? null : Sealing.Seal(fields, this, column, JsonSerializer.Serialize(values, JsonSerializerOptions.Web));
        switch (column)
        {
            case "content": Content = bytes ?? throw new ArgumentException("A part has rows.", nameof(values)); break;
            case "findings": Findings = bytes; break;
            case "changes": Changes = bytes; break;
            default: Obstacles = bytes; break;
        }
    }

    internal IReadOnlyList<T> Open<T>(PersonalFields fields, string column)
    {
        var bytes = column switch { "content" => Content, "findings" => Findings, "changes" => Changes, _ => Obstacles };
        return bytes is null ? [] : JsonSerializer.Deserialize<List<T>>(Sealing.Open(fields, this, column), JsonSerializerOptions.Web) ?? [];
    }
}

internal sealed class ImportRunMapping : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("platform_imports");
        builder.Ignore(r => r.IsRunning);
        builder.Property(r => r.Kind).HasMaxLength(40);
        builder.Property(r => r.FileName).HasMaxLength(ImportRun.LongestName);
        builder.Property(r => r.Code).HasMaxLength(60);
        builder.HasIndex(r => new { r.Account, r.Id });
        builder.HasIndex(r => r.State);
    }
}

internal sealed class ImportPartMapping : IEntityTypeConfiguration<ImportPart>
{
    public void Configure(EntityTypeBuilder<ImportPart> builder)
    {
        builder.ToTable("platform_import_parts");
        builder.HasIndex(p => new { p.Run, p.Number }).IsUnique();
    }
}
