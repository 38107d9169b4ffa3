using Anlan.Accounts.Registry;

namespace Anlan.Tests.Accounts.Registry;

public sealed class FailureLockTests
{
    private static readonly DateTimeOffset Noon = new(2040, 3, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_fifth_failure_locks_for_fifteen_minutes()
    {
        var tried = new FailureLock();

        var locked = Enumerable.Range(0, 5).Select(_ => tried.Fail(Noon)).ToList();

        Assert.Equal([false, false, false, false, true], locked);
        Assert.True(tried.IsLocked(Noon.AddMinutes(15).AddTicks(-1)));
        Assert.False(tried.IsLocked(Noon.AddMinutes(15)));
    }

    [Fact]
    public void After_the_lock_counting_starts_again()
    {
        var tried = new FailureLock();
        for (var i = 0; i < 5; i++) tried.Fail(Noon);

        var locked = tried.Fail(Noon.AddMinutes(16));

        Assert.False(locked);
        Assert.Equal(1, tried.Failures);
    }
}
