namespace Anlan.Toolkit.Cluster;

/// <summary>Where the process is that decides.</summary>
/// <param name="Process">Its name, new at every start.</param>
/// <param name="Silo">Where grain services reach it, as Orleans writes an address.</param>
/// <param name="Http">Where the other processes hand requests on to, for example <c>http://10.0.0.5:7180</c>.</param>
/// <param name="Key">What they show there; known to nobody without access to the database.</param>
public sealed record LeadPlace(Guid Process, string Silo, string Http, string Key);

/// <summary>
/// Which process decides. One at a time holds the log and answers safety questions from memory; the others carry connections and stand by
/// (decision record 0021).
/// </summary>
public interface ILead
{
    /// <summary>True when this process decides and everything it needs for that is loaded.</summary>
    bool IsHere { get; }

    /// <summary>True while no other process can have taken over from this one: only then may it write.</summary>
    bool HasLease { get; }

    /// <summary>Where this process is, when there are others.</summary>
    LeadPlace? Self { get; }

    /// <summary>Where the deciding process is; null while there is none.</summary>
    LeadPlace? Place { get; }

    /// <summary>True while some process decides, or one did a moment ago: whoever asks now will be served, if a little later.</summary>
    bool IsExpected { get; }

    /// <summary>Waits until some process decides.</summary>
    /// <exception cref="LeadLostException">None did in the given time.</exception>
    Task<LeadPlace> FindAsync(TimeSpan most, CancellationToken stop);

    /// <summary>Ends when the process at this place is gone. One that was asked to stop is not gone yet: what it has in hand it finishes.</summary>
    CancellationToken UntilItLeaves(LeadPlace place);
}

/// <summary>No process decides at the moment, or this one does no more: nothing was done, and it may be asked again.</summary>
public sealed class LeadLostException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The only process there is.</summary>
public sealed class OnlyProcess : ILead
{
    private static readonly LeadPlace Here = new(Guid.Empty, "", "", "");

    /// <inheritdoc />
    public bool IsHere => true;

    /// <inheritdoc />
    public bool IsExpected => true;

    /// <inheritdoc />
    public bool HasLease => true;

    /// <inheritdoc />
    public LeadPlace? Self => null;

    /// <inheritdoc />
    public LeadPlace? Place => Here;

    /// <inheritdoc />
    public Task<LeadPlace> FindAsync(TimeSpan most, CancellationToken stop) => Task.FromResult(Here);

    /// <inheritdoc />
    public CancellationToken UntilItLeaves(LeadPlace place) => CancellationToken.None;
}
