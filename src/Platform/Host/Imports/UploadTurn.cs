namespace Anlan.Host.Imports;

/// <summary>One upload is read at a time: a full file takes its room in memory while it is.</summary>
internal sealed class UploadTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<T> TakeAsync<T>(Func<Task<T>> act, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
