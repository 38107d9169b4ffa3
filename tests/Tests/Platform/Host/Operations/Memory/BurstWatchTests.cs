using Anlan.Host.Operations.Memory;

namespace Anlan.Tests.Platform.Host.Operations.Memory;

public sealed class BurstWatchTests
{
    private const long Megabyte = 1L << 20;
    private readonly BurstWatch _watch = new();
    private long _allocated;

    [Fact]
    public void A_burst_is_over_after_half_a_minute_of_quiet_and_once()
    {
        Assert.False(LookAfter(200));
        Assert.Equal([false, false, false, false, false, true, false, false, false, false, false, false], Enumerable.Range(0, 12).Select(_ => LookAfter(5)));

        Assert.False(LookAfter(130));
        Assert.Equal([false, false, false, false, false, true], Enumerable.Range(0, 6).Select(_ => LookAfter(5)));
    }

    [Fact]
    public void Work_in_between_begins_the_quiet_anew()
    {
        LookAfter(200);
        for (var look = 0; look < 5; look++) Assert.False(LookAfter(0));
        Assert.False(LookAfter(20));

        Assert.Equal([false, false, false, false, false, true], Enumerable.Range(0, 6).Select(_ => LookAfter(19)));
    }

    [Fact]
    public void Little_work_is_no_burst_however_long_it_goes_on()
    {
        LookAfter(127);

        Assert.DoesNotContain(true, Enumerable.Range(0, 1000).Select(_ => LookAfter(19)));
    }

    [Fact]
    public void While_a_machine_runs_it_is_not_over()
    {
        LookAfter(200);
        for (var look = 0; look < 20; look++) Assert.False(LookAfter(0, isAnybodyWorking: true));

        Assert.Equal([true, false], [LookAfter(0), LookAfter(0)]);
    }

    private bool LookAfter(long megabytes, bool isAnybodyWorking = false) => _watch.IsOver(_allocated += megabytes * Megabyte, isAnybodyWorking);
}
