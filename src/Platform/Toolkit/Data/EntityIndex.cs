using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Data;

/// <summary>An owner's in-memory index over one of its tables: loaded at start, updated at commit, in commit order.</summary>
public interface IEntityIndex
{
    /// <summary>The entity type that it follows.</summary>
    Type EntityType { get; }

    /// <summary>Reads the whole table.</summary>
    Task LoadAsync(AnlanDb db, CancellationToken stop);

    /// <summary>Takes in one committed change.</summary>
    void Apply(object entity, bool isDeleted);
}

/// <summary>
/// Base of the indexes from which owners answer safety questions without touching the disk. What it answers is what is committed:
/// <see cref="AnlanDb.SaveAsync"/> applies changes before it returns, one save at a time.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public abstract class EntityIndex<TEntity> : IEntityIndex where TEntity : class
{
    /// <inheritdoc />
    public Type EntityType => typeof(TEntity);

    /// <inheritdoc />
    public async Task LoadAsync(AnlanDb db, CancellationToken stop)
    {
        Clear();
        await foreach (var entity in db.Set<TEntity>().AsNoTracking().AsAsyncEnumerable().WithCancellation(stop)) Put(entity);
    }

    /// <inheritdoc />
    public void Apply(object entity, bool isDeleted)
    {
        if (isDeleted) Remove((TEntity)entity);
        else Put((TEntity)entity);
    }

    /// <summary>Forgets everything before a load.</summary>
    protected abstract void Clear();

    /// <summary>Adds or replaces. Copies what it keeps: the entity belongs to the saving context.</summary>
    protected abstract void Put(TEntity entity);

    /// <summary>Removes.</summary>
    protected abstract void Remove(TEntity entity);
}
