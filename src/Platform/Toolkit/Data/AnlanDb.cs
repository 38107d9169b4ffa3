using System.Text.Json;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Events;
using Anlan.Kernel.Ids;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Audit;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Outbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Anlan.Toolkit.Data;

/// <summary>The one context, assembled from the mappings of the modules. A module sees its own tables through its <c>XxxDb</c>.</summary>
public sealed class AnlanDb(DbContextOptions<AnlanDb> options, ModuleList modules, CommitGate gate, Audience audience, TimeProvider clock, CurrentActor actor) : DbContext(options)
{
    /// <summary>The modules whose mappings make up the model.</summary>
    internal string Composition { get; } = string.Join(',', modules.Assemblies.Select(assembly => assembly.GetName().Name));

    private readonly Dictionary<Type, List<object>> _rows = [];
    private readonly Dictionary<Type, List<object>> _inserts = [];

    /// <summary>True while thousands of records are written at once: what the audit tells is then written without change tracking too.</summary>
    internal bool WritesManyRows { get; set; }

    /// <summary>
    /// Saves edits, their audit rows and events in one transaction, then updates the owners' indexes, one save at a time so that an
    /// index never sees two commits in the wrong order.
    /// </summary>
    public Task SaveAsync(CancellationToken stop = default) => SaveInTurnAsync(null, stop);

    /// <summary>Saves like <see cref="SaveAsync"/> what is read and changed while nobody else saves.</summary>
    internal async Task SaveInTurnAsync(Func<Task>? change, CancellationToken stop)
    {
        await gate.EnterAsync(stop);
        try
        {
            if (change is not null) await change();
            var edited = ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
            edited.ForEach(CheckTexts);
            var changes = edited.ConvertAll(e => (e.Entity, IsDeleted: e.State == EntityState.Deleted));
            changes.AddRange(_rows.Values.Concat(_inserts.Values).SelectMany(rows => rows).Select(row => (row, false)));
            var publishes = _rows.ContainsKey(typeof(OutboxMessage));
            await SaveChangesAsync(stop);
            gate.Apply(changes);
            if (publishes) gate.OutboxFilled();
        }
        finally
        {
            gate.Leave();
        }
    }

    /// <summary>Saves like <see cref="SaveAsync"/>; false when a unique index or a newer version said no, and nothing was written.</summary>
    public async Task<bool> TrySaveAsync(CancellationToken stop = default)
    {
        try
        {
            await SaveAsync(stop);
            return true;
        }
        catch (DbUpdateException refused) when (IsConflict(refused))
        {
            return false;
        }
    }

    // The same on both databases: what PostgreSQL would refuse, SQLite does not keep either.
    private static void CheckTexts(EntityEntry edited)
    {
        if (edited.State == EntityState.Deleted) return;
        foreach (var property in edited.Properties)
        {
            if (property.CurrentValue is string text && text.Contains('\0', StringComparison.Ordinal)) throw new UnfitTextException(property.Metadata.Name);
        }
    }

    /// <summary>True when a unique index or a newer version said no.</summary>
    internal static bool IsConflict(Exception said) => said is DbUpdateConcurrencyException || IsConstraint(said is DbUpdateException { InnerException: { } inner } ? inner : said);

    private static bool IsConstraint(Exception? said) => said is SqliteException { SqliteErrorCode: 19 } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation };

    /// <summary>Records who did what in the transaction of the next save.</summary>
    /// <param name="action">Verb in the past tense, for example <c>welding.machine.locked</c>.</param>
    /// <param name="subject">For example <c>machine/…</c>.</param>
    /// <param name="details">Ids, codes and reasons; never names or numbers of people.</param>
    public void Audit(string action, string subject, object? details = null)
    {
        var record = new AuditRecord
        {
            Id = Guid.CreateVersion7(),
            At = clock.GetUtcNow(),
            Account = actor.OrNull?.Account ?? Guid.Empty,
            Key = actor.OrNull?.Key,
            OnBehalfOf = actor.OrNull?.OnBehalfOf,
            Action = action,
            Subject = subject,
            Details = details is null ? null : JsonSerializer.Serialize(details, JsonSerializerOptions.Web),
        };
        if (WritesManyRows) Insert(record);
        else Add(record);
    }

    /// <summary>Saves an event with the next save; it reaches every subscriber at least once. Without a subscriber there is nothing to save.</summary>
    public void Publish<TEvent>(TEvent happened) where TEvent : IDomainEvent
    {
        if (audience.Hears(happened.GetType())) Put(OutboxMessage.Of(happened, clock.GetUtcNow()));
    }

    /// <summary>
    /// Writes a whole row with the next save, replacing the one with its key if there is one; without change tracking, for read tables of
    /// which many rows are written at once.
    /// </summary>
    public void Put<TRow>(TRow row) where TRow : class
    {
        if (!_rows.TryGetValue(typeof(TRow), out var rows)) _rows[typeof(TRow)] = rows = [];
        rows.Add(row);
    }

    /// <summary>Writes a new row with the next save, without change tracking, for records that come by the thousand; the owners' indexes hear of it at the commit like of every other.</summary>
    public void Insert<TRow>(TRow row) where TRow : class
    {
        if (row is IVersioned versioned) versioned.Version = 1;
        if (!_inserts.TryGetValue(typeof(TRow), out var rows)) _inserts[typeof(TRow)] = rows = [];
        rows.Add(row);
    }

    /// <summary>Lets go of everything that was read and not saved.</summary>
    internal void Forget()
    {
        ChangeTracker.Clear();
        _rows.Clear();
        _inserts.Clear();
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<long>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<DivisionCode>().HaveConversion<DivisionCodeConverter>().HaveMaxLength(12);
        if (options.Extensions.Any(extension => extension.Info.IsDatabaseProvider && extension.GetType().Assembly.GetName().Name!.StartsWith("Npgsql", StringComparison.Ordinal)))
        {
            // Text compares by its bytes, as SQLite does: the same order on both, and prefixes find their index.
            foreach (var text in (Type[])[typeof(string), typeof(Enum), typeof(DivisionCode)]) configurationBuilder.Properties(text).UseCollation("C");
        }

        foreach (var id in TypedIds.All(modules.Assemblies))
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id));
        }
    }

    // EF Core warns of an assembly without any: the host's modules have pages only.
    private static bool HasMappings(System.Reflection.Assembly assembly) =>
        Array.Exists(assembly.GetTypes(), type => Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>)));

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AnlanDb).Assembly);
        foreach (var assembly in modules.Assemblies.Where(HasMappings)) modelBuilder.ApplyConfigurationsFromAssembly(assembly);
        foreach (var versioned in modelBuilder.Model.GetEntityTypes().Where(e => typeof(IVersioned).IsAssignableFrom(e.ClrType)))
        {
            modelBuilder.Entity(versioned.ClrType).Property(nameof(IVersioned.Version)).IsConcurrencyToken();
        }
    }

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var edited in ChangeTracker.Entries<IVersioned>().Where(e => e.State is EntityState.Modified or EntityState.Added)) edited.Entity.Version++;
        if (_rows.Count == 0 && _inserts.Count == 0) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        Database.AutoSavepointsEnabled = false;
        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        foreach (var (type, rows) in _rows) await RowWriter.WriteAsync(this, type, rows, cancellationToken);
        foreach (var (type, rows) in _inserts) await RowWriter.CopyAsync(this, Model.FindEntityType(type)!, rows, cancellationToken);
        var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken) + _rows.Values.Concat(_inserts.Values).Sum(rows => rows.Count);
        if (transaction is not null) await transaction.CommitAsync(cancellationToken);
        _rows.Clear();
        _inserts.Clear();
        return count;
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Save without blocking a thread.");
}

internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(v => v.UtcTicks, v => new DateTimeOffset(v, TimeSpan.Zero));

internal sealed class DivisionCodeConverter() : ValueConverter<DivisionCode, string>(v => v.Value, v => new DivisionCode(v));

internal sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(v => v.Value, v => TypedIdConverter<TId>.Wrap(v)) where TId : struct, ITypedId<TId>
{
    private static TId Wrap(Guid value) => TId.From(value);
}
