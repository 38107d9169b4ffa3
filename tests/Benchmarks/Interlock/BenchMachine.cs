namespace Anlan.Benchmarks.Interlock;

/// <summary>A machine with its chip and its one welder.</summary>
/// <param name="Number">Position in the county.</param>
internal sealed record BenchMachine(int Number)
{
    /// <summary>Printed code.</summary>
    public string Code { get; } = $"BENCH-{Number:D5}";

    /// <summary>Serial of the chip.</summary>
    public string Serial { get; } = $"BENCHCHIP{Number:D5}";

    /// <summary>Secret of the chip.</summary>
    public string Secret { get; } = $"secret-of-{Number:D5}";

    /// <summary>User name of the welder.</summary>
    public string UserName { get; } = $"welder-{Number:D5}";

    /// <summary>False = nobody works at it; entering people costs most of the time before a bench.</summary>
    public bool HasWelder { get; init; } = true;

    /// <summary>WGS-84.</summary>
    public double Latitude { get; } = 30.5 + Number * 0.00001;

    /// <summary>WGS-84.</summary>
    public double Longitude { get; } = 120.0;

    /// <summary>The welder's session cookie.</summary>
    public string Cookie { get; set; } = "";

    /// <summary>The welder's proof of person.</summary>
    public string Proof { get; set; } = "";
}
