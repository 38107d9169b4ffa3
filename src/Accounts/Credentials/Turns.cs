namespace Anlan.Accounts.Credentials;

/// <summary>
/// One try at a time per account or invitation: a hundred guesses sent at once are counted one after another, so that the fifth locks
/// before the sixth is looked at. Never take two turns at once.
/// </summary>
internal sealed class Turns : IDisposable
{
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<Turn> TakeAsync(string key, CancellationToken stop)
    {
        var stripe = _stripes[(uint)string.GetHashCode(key, StringComparison.Ordinal) % (uint)_stripes.Length];
        await stripe.WaitAsync(stop);
        return new Turn(stripe);
    }

    public void Dispose()
    {
        foreach (var stripe in _stripes) stripe.Dispose();
    }

    internal readonly struct Turn(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
