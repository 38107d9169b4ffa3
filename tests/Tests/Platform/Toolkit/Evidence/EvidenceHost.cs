using Anlan.Host.Operations;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Log;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Evidence;

/// <summary>A log of bare leaves, as many as a test wants, under a real tree with real tables.</summary>
internal sealed class EvidenceHost : IAsyncDisposable
{
    private readonly ModuleHost _host;

    private EvidenceHost(ModuleHost host, LeafStore leaves) => (_host, Leaves) = (host, leaves);

    public ModuleHost Host => _host;

    public LeafStore Leaves { get; }

    public static async Task<EvidenceHost> StartAsync(params IReadOnlyList<KeyValuePair<string, string?>> settings)
    {
        var leaves = new LeafStore();
        var host = await ModuleHost.StartAsync(new OperationsModule(), (services, _) =>
        {
            services.AddSingleton<ILogStore>(leaves).AddSingleton<HotLog>();
            services.AddLogEvidence(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
            services.AddLocalization();
            OperationsModule.AddEvidence(services);
        }, OperationsModule.MapEvidence, settings);
        return new EvidenceHost(host, leaves);
    }

    /// <summary>The tree as a server finds it that was started again.</summary>
    public LogTree TreeAfterRestart() => new(_host.Services.GetRequiredService<HotLog>(), _host.Services.GetRequiredService<IServiceScopeFactory>());

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

/// <summary>A log of which only leaves and length are asked.</summary>
internal sealed class LeafStore : ILogStore
{
    private readonly List<byte[]> _leaves = [];

    public long LastSeq => _leaves.Count;

    /// <summary>Adds entries.</summary>
    public void Grow(int count)
    {
        for (var i = 0; i < count; i++) _leaves.Add(LogEntry.LeafHash(BitConverter.GetBytes(_leaves.Count)));
    }

    /// <summary>Puts an older copy back.</summary>
    public void ShrinkTo(int count) => _leaves.RemoveRange(count, _leaves.Count - count);

    /// <summary>Writes history anew.</summary>
    public void Forge(int position) => _leaves[position - 1] = LogEntry.LeafHash("forged"u8);

    public byte[] Root(long size) => MerkleTree.Root(_leaves.Take((int)size).ToArray());

    public byte[] Leaf(long position) => _leaves[(int)position - 1];

    public IReadOnlyList<byte[]> ReadLeaves(long after, int most) => [.. _leaves.Skip((int)after).Take(most)];

    public IReadOnlyList<AppendResult> Commit(IReadOnlyList<LogDraft> batch) => throw new NotSupportedException();

    public IReadOnlyList<LogEntry> Read(long after, int most) => [];

    public byte[]? ReadBytes(long seq) => null;

    public IReadOnlyList<Hold> ReadHolds() => [];

    public IReadOnlyList<Downlink> ReadDownlinks() => [];

    public void Dispose()
    {
    }
}
