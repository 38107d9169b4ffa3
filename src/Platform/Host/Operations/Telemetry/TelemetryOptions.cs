namespace Anlan.Host.Operations.Telemetry;

/// <summary>Who may read the metrics at <c>/metrics</c>.</summary>
internal enum MetricsDoor
{
    /// <summary>Whoever holds the permission to see how the system does: a system administrator, or a program with such an API key.</summary>
    Permission,

    /// <summary>Anybody on this machine, without a key. Requests that a proxy handed on are refused.</summary>
    Loopback,

    /// <summary>Nobody.</summary>
    Shut,
}

/// <summary>Metrics and traces for programs that watch the system, section <c>Anlan:Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Who may read <c>/metrics</c>. Default: whoever holds the permission.</summary>
    public MetricsDoor Metrics { get; init; } = MetricsDoor.Permission;

    /// <summary>Address of a collector that takes traces by OTLP over gRPC, for example <c>http://127.0.0.1:4317</c>; empty = no traces are made.</summary>
    public string? Traces { get; init; }

    /// <summary>Share of requests that are traced. Default 1; 0 to 1. Ignored without <see cref="Traces"/>.</summary>
    public double TracedShare { get; init; } = 1;

    /// <exception cref="InvalidDataException">A setting is wrong.</exception>
    public void Check()
    {
        if (!Enum.IsDefined(Metrics)) throw new InvalidDataException("Anlan:Telemetry:Metrics must be Permission, Loopback or Shut.");
        if (TracedShare is not (>= 0 and <= 1)) throw new InvalidDataException("Anlan:Telemetry:TracedShare must be 0 to 1.");
        if (Traces is { Length: > 0 } && (!Uri.TryCreate(Traces, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))) throw new InvalidDataException("Anlan:Telemetry:Traces must be an address such as http://127.0.0.1:4317.");
    }
}
