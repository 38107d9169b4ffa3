namespace Anlan.Toolkit.Data;

/// <summary>An entity with an integer concurrency token, raised on every save: SQLite has no generated one.</summary>
public interface IVersioned
{
    /// <summary>Raised by the context; two edits of the same version: the second is refused.</summary>
    int Version { get; set; }
}
