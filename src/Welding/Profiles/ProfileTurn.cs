using Anlan.Kernel.Time;
using Anlan.Toolkit.Time;
using Anlan.Welding.Interlock;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Welding.Profiles;

/// <summary>Lets <see cref="ProfileDesk"/> work out what is due, a minute after it became so at the latest.</summary>
internal sealed class ProfileTurn(ProfileDesk desk, IOptions<WeldingOptions> options, CityCalendar calendar, TimeProvider clock, ILogger<ProfileTurn> logger) : DayTurn(calendar, clock, logger)
{
    private DateTimeOffset? _ranAt;
    private DateOnly? _ranOn;

    public override async Task<int> RunAsync(DateOnly today, CancellationToken stop)
    {
        if (_ranOn == today && Calendar.Now - _ranAt < options.Value.ProfilePause) return 0;
        (_ranAt, _ranOn) = (Calendar.Now, today);
        return (await desk.RunAsync(stop)).Count;
    }
}
