using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Anlan.Toolkit.Cluster;

/// <summary>
/// Lets no statement out after the lease is over. Together with the end of all connections on a take-over nothing slips through: a statement that
/// passed here has its connection already, and that connection is ended before another process decides.
/// </summary>
internal sealed class LeaseGuard(PostgresLead lead) : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Demand();
        return new(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Demand();
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Demand();
        return new(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Demand();
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Demand();
        return new(result);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Demand();
        return result;
    }

    private void Demand()
    {
        if (!lead.HasLease) throw new LeadLostException("This process does not decide: it neither reads nor writes.");
    }
}
