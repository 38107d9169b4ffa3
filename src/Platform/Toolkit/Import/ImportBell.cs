namespace Anlan.Toolkit.Import;

/// <summary>Tells the runner that there is something to do.</summary>
public sealed class ImportBell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0);

    /// <summary>Somebody uploaded, decided or undid something.</summary>
    public void Ring() => _rung.Release();

    internal Task WaitAsync(CancellationToken stop) => _rung.WaitAsync(stop);

    /// <inheritdoc />
    public void Dispose() => _rung.Dispose();
}
