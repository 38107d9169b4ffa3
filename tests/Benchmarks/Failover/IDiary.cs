namespace Anlan.Benchmarks.Failover;

/// <summary>Writes down what phones were told.</summary>
internal interface IDiary
{
    /// <summary>A start is granted.</summary>
    void Granted(Guid decision, Guid session);

    /// <summary>A machine has power.</summary>
    void Powered(Guid session);

    /// <summary>A session ends.</summary>
    void Stopped(Guid session);

    /// <summary>A request was not answered, or not with what was asked for.</summary>
    /// <param name="what">Where and how.</param>
    void Failed(string what);

    /// <summary>A request leaves; dispose when it is answered or lost.</summary>
    IDisposable Leave();
}
