using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Anlan.Tests.LongestFirst))]

namespace Anlan.Tests;

/// <summary>What takes minutes begins first, so that nothing long is left when everything else is done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = ["Access.LeakTests", "Interlock.StartMachineTests", "Personal.ShowsPeopleTests", "Interlock.ClockJumpTests", "Chips.ServerProtocolTests", "Detection.ClipRunTests", "Desk.CameraWorkerTests", "Ingest.FfmpegReaderTests"];

    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => !Array.Exists(Long, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
