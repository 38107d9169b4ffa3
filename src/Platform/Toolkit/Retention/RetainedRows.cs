using System.Linq.Expressions;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Retention;

/// <summary>Rows of one table that are kept for a term.</summary>
/// <typeparam name="TRow">The entity.</typeparam>
/// <param name="key">Its key.</param>
/// <param name="ended">Only rows that have ended; null = every row has.</param>
/// <param name="at">From when the term runs.</param>
/// <param name="free">Leaves out what a hold keeps; null for rows that name neither people nor enterprises.</param>
/// <param name="parts">Deletes what hangs on rows before they go; null when nothing does.</param>
public sealed class RetainedRows<TRow>(
    string key, Expression<Func<TRow, bool>>? ended, Expression<Func<TRow, DateTimeOffset>> at, Func<AnlanDb, IQueryable<TRow>, Held, IQueryable<TRow>>? free = null,
    Func<AnlanDb, List<TRow>, CancellationToken, Task>? parts = null) : IRetainedRecords where TRow : class
{
    /// <inheritdoc />
    public string Key => key;

    /// <inheritdoc />
    public async Task<RetentionStanding> LookAsync(AnlanDb db, DateTimeOffset before, Held held, CancellationToken stop)
    {
        var oldest = await Ended(db).OrderBy(at).Select(at).Take(1).ToListAsync(stop);
        var past = await Past(db, before).CountAsync(stop);
        var due = await Free(db, Past(db, before), held).CountAsync(stop);
        return new RetentionStanding(await db.Set<TRow>().CountAsync(stop), oldest.Count == 0 ? null : oldest[0], due, past - due);
    }

    /// <inheritdoc />
    public async Task<int> DeleteAsync(AnlanDb db, DateTimeOffset before, Held held, int most, CancellationToken stop)
    {
        var rows = await Free(db, Past(db, before), held).OrderBy(at).Take(most).ToListAsync(stop);
        if (rows.Count == 0) return 0;
        if (parts is null)
        {
            // The owners' indexes hear of it.
            db.RemoveRange(rows);
            await db.SaveAsync(stop);
            db.ChangeTracker.Clear();
            return rows.Count;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await parts(db, rows, stop);
        db.RemoveRange(rows);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();
        return rows.Count;
    }

    private IQueryable<TRow> Ended(AnlanDb db) => ended is null ? db.Set<TRow>() : db.Set<TRow>().Where(ended);

    private IQueryable<TRow> Past(AnlanDb db, DateTimeOffset before)
    {
        // As a parameter: the same statement every night.
        Expression<Func<DateTimeOffset>> limit = () => before;
        return Ended(db).Where(Expression.Lambda<Func<TRow, bool>>(Expression.LessThan(at.Body, limit.Body), at.Parameters));
    }

    private IQueryable<TRow> Free(AnlanDb db, IQueryable<TRow> rows, Held held) => free is null || (held.People.Count == 0 && held.Enterprises.Count == 0) ? rows : free(db, rows, held);
}

/// <summary>Registers what is kept for a term.</summary>
public static class RetentionServices
{
    /// <summary>Declares a table whose rows go after their term.</summary>
    public static IServiceCollection AddRetention<TRow>(
        this IServiceCollection services, string key, Expression<Func<TRow, bool>>? ended, Expression<Func<TRow, DateTimeOffset>> at, Func<AnlanDb, IQueryable<TRow>, Held, IQueryable<TRow>>? free = null,
        Func<AnlanDb, List<TRow>, CancellationToken, Task>? parts = null) where TRow : class =>
        services.AddSingleton<IRetainedRecords>(new RetainedRows<TRow>(key, ended, at, free, parts));
}
