using System.Net;
using Anlan.Toolkit.Http;

namespace Anlan.Training.PublicChecks;

/// <summary>Counts what strangers ask about certificates, per address and minute; how many is too many stands in the rule book.</summary>
internal sealed class CheckBrake(TimeProvider clock)
{
    private readonly AddressBrake _checks = new(clock, TimeSpan.FromMinutes(1));

    /// <summary>Counts one more; how many that makes.</summary>
    public int Count(IPAddress? address) => _checks.Count(address);
}
