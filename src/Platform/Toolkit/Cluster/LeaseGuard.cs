using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Anlan.Toolkit.Cluster;

/// <summary>
/// Lets no statement out after the lease is over. Together with the end of all connections on a take-over nothing slips through: a statement that
/// passed here has its connection already, and that connection is ended before another process decides.
/// A process that stands by may read when it says that it only wants to see (<see cref="LetRead"/>).
/// </summary>
internal sealed class LeaseGuard(ILead lead) : DbCommandInterceptor
{
    private static readonly AsyncLocal<bool> MayRead = new();

    /// <summary>Until disposed of, what this flow asks the database may be read without a lease; nothing may be written, whoever decides.</summary>
    public static IDisposable LetRead() => new Reading();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Demand(command);
        return new(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Demand(command);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Demand(command);
        return new(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Demand(command);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Demand(command);
        return new(result);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Demand(command);
        return result;
    }

    private void Demand(DbCommand command)
    {
        if (MayRead.Value)
        {
            if (!command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)) throw new InvalidOperationException("Who stands by only reads.");
            return;
        }

        if (!lead.HasLease) throw new LeadLostException("This process does not decide: it neither reads nor writes.");
    }

    private sealed class Reading : IDisposable
    {
        public Reading() => MayRead.Value = true;

        public void Dispose() => MayRead.Value = false;
    }
}
