using Anlan.ConfinedSpaces.Permits;
using Anlan.Contracts.ConfinedSpaces;

namespace Anlan.Tests.ConfinedSpaces.Permits;

public sealed class NoEntryPermitsTests
{
    [Fact]
    public async Task No_permit_is_kept_and_none_is_found() =>
        Assert.Equal(new EntryPermitAnswer(false, null), await new NoEntryPermits().FindActiveAsync(new SpaceId(Guid.CreateVersion7()), DateTimeOffset.UnixEpoch, CancellationToken.None));
}
