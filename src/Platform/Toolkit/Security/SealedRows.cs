using System.Reflection;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Anlan.Toolkit.Security;

/// <summary>Everything sealed that the model holds: counts what lies under which key, and seals it anew.</summary>
public static class SealedRows
{
    /// <summary>How much one key still holds in one table.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Values">Sealed values and blind indexes.</param>
    public sealed record Held(string Table, long Values);

    /// <summary>The declared entities of a model.</summary>
    public static IReadOnlyList<(IEntityType Type, ISealing Sealing)> Of(IModel model) =>
        [.. model.GetEntityTypes().Select(type => (type, SealingOf(type.ClrType))).Where(found => found.Item2 is not null).Select(found => (found.type, found.Item2!))];

    /// <summary>What a key still holds; counted, not remembered.</summary>
    public static async Task<IReadOnlyList<Held>> CountAsync(AnlanDb db, PersonalKey key, CancellationToken stop)
    {
        var held = new List<Held>();
        foreach (var (type, sealing) in Of(db.Model)) held.Add(new Held(type.GetTableName()!, await CountAsync(db, type, sealing, key, stop)));
        return held;
    }

    /// <summary>Seals up to so many rows anew that are not under the newest key; how many there were. Nobody else saves meanwhile.</summary>
    public static async Task<int> ResealAsync(AnlanDb db, PersonalFields fields, KeyRing ring, int most, CancellationToken stop)
    {
        var done = 0;
        await db.SaveInTurnAsync(async () =>
        {
            var newest = ring.Newest;
            foreach (var (type, sealing) in Of(db.Model))
            {
                if (done == most) return;
                var rows = await ((Task<IReadOnlyList<object>>)typeof(SealedRows).GetMethod(nameof(OlderAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.ClrType).Invoke(null, [db, type, sealing, newest, most - done, stop])!);
                done += rows.Count(row => sealing.Reseal(row, fields, newest));
            }
        }, stop);
        return done;
    }

    /// <summary>Destroys a key if nothing lies under it, counted while nobody else saves; how much does.</summary>
    /// <param name="db">The context; saves what <paramref name="record"/> adds.</param>
    /// <param name="ring">The ring.</param>
    /// <param name="key">The key.</param>
    /// <param name="record">Adds the audit of it.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<long> DestroyAsync(AnlanDb db, KeyRing ring, PersonalKey key, Action record, CancellationToken stop)
    {
        var held = 0L;
        await db.SaveInTurnAsync(async () =>
        {
            held = (await CountAsync(db, key, stop)).Sum(table => table.Values);
            if (held > 0) return;
            record();
            ring.Destroy(key);
        }, stop);
        return held;
    }

    /// <summary>Opens some rows of each table with sealed columns, to learn whether the keys fit; how many values were opened.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">One does not open.</exception>
    public static async Task<int> OpenSomeAsync(AnlanDb db, PersonalFields fields, CancellationToken stop)
    {
        var opened = 0;
        foreach (var (type, sealing) in Of(db.Model))
        {
            var rows = await (Task<IReadOnlyList<object>>)typeof(SealedRows).GetMethod(nameof(SomeAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [db, type, stop])!;
            opened += rows.Sum(row => sealing.OpenAll(row, fields));
        }

        return opened;
    }

    // The oldest and the newest rows by key: under the oldest and the newest of the keys.
    private static async Task<IReadOnlyList<object>> SomeAsync<TRow>(AnlanDb db, IEntityType type, CancellationToken stop) where TRow : class
    {
        var order = string.Join(", ", type.FindPrimaryKey()!.Properties.Select(key => Name(db, type, key.Name)));
        var found = new List<object>();
        foreach (var direction in (string[])["asc", "desc"])
        {
            var sql = $"select * from {Quote(db, type.GetTableName()!)} order by {order.Replace(",", $" {direction},", StringComparison.Ordinal)} {direction} limit {{0}}";
            found.AddRange(await db.Set<TRow>().FromSqlRaw(sql, 3).AsNoTracking().ToListAsync(stop));
        }

        return found;
    }

    private static ISealing? SealingOf(Type entity) =>
        Array.Exists(entity.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ISealed<>))
            ? (ISealing?)entity.GetProperty(nameof(ISealed<>.Sealing), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)
            : null;

    private static async Task<long> CountAsync(AnlanDb db, IEntityType type, ISealing sealing, PersonalKey key, CancellationToken stop)
    {
        var (bytes, texts) = (PersonalFields.BytesOf(key), PersonalFields.TextsOf(key));
        var counts = sealing.Columns.Select(column => $"sum(case when {Name(db, type, column)} >= {{0}} and {Name(db, type, column)} < {{1}} then 1 else 0 end)")
            .Concat(sealing.Indexes.Select(index => $"sum(case when {Name(db, type, index)} >= {{2}} and {Name(db, type, index)} < {{3}} then 1 else 0 end)"));
        var sql = $"select cast(coalesce({string.Join(" + ", counts)}, 0) as bigint) as \"Value\" from {Quote(db, type.GetTableName()!)}";
        return await db.Database.SqlQueryRaw<long>(sql, bytes.From, bytes.Before, texts.From, texts.Before).SingleAsync(stop);
    }

    // Names of tables and columns come from the mappings, nothing from outside.
    private static async Task<IReadOnlyList<object>> OlderAsync<TRow>(AnlanDb db, IEntityType type, ISealing sealing, PersonalKey newest, int most, CancellationToken stop) where TRow : class
    {
        var (bytes, texts) = (PersonalFields.BytesOf(newest), PersonalFields.TextsOf(newest));
        var older = sealing.Columns.Select(column => $"{Name(db, type, column)} < {{0}} or {Name(db, type, column)} >= {{1}}")
            .Concat(sealing.Indexes.Select(index => $"{Name(db, type, index)} < {{2}} or {Name(db, type, index)} >= {{3}}"));
        var sql = $"select * from {Quote(db, type.GetTableName()!)} where {string.Join(" or ", older)} limit {{4}}";
        return await db.Set<TRow>().FromSqlRaw(sql, bytes.From, bytes.Before, texts.From, texts.Before, most).ToListAsync(stop);
    }

    private static string Name(AnlanDb db, IEntityType type, string property) => Quote(db, type.FindProperty(property)!.GetColumnName());

    private static string Quote(AnlanDb db, string name) => ((Microsoft.EntityFrameworkCore.Infrastructure.IInfrastructure<IServiceProvider>)db).Instance.GetService(typeof(ISqlGenerationHelper)) is ISqlGenerationHelper sql ? sql.DelimitIdentifier(name) : name;
}
