namespace Anlan.Toolkit.Data;

/// <summary>Work of a module after migration, indexes and read tables are ready and before the doors open.</summary>
public interface IStartUpStep
{
    /// <summary>Does it; throwing keeps the doors closed.</summary>
    Task RunAsync(AnlanDb db, CancellationToken stop);
}
