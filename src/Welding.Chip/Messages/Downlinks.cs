using System.Buffers.Text;

namespace Anlan.Welding.Chip.Messages;

/// <summary>A signed downlink: time, grant or config.</summary>
/// <param name="Id">Id that the chip acknowledges.</param>
/// <param name="Cose">COSE_Sign1, base64url without padding.</param>
public sealed record SignedDownlink(Guid Id, string Cose) : IChipMessage
{
    /// <summary>Wraps the bytes of a token.</summary>
    public static SignedDownlink Of(Guid id, ReadOnlySpan<byte> cose) => new(id, Base64Url.EncodeToString(cose));

    /// <summary>The bytes of the token, or empty when the text is not base64url.</summary>
    public byte[] Token() => Base64Url.IsValid(Cose) ? Base64Url.DecodeFromChars(Cose) : [];

    /// <inheritdoc />
    public string? Fault() => Limits.Text("cose", Cose, 1, 8_192);
}

/// <summary>Asks for a self-test. Not signed: it moves nothing and writes nothing; whoever forges one makes the chip tell what it measures.</summary>
/// <param name="Id">Id that the chip's report repeats.</param>
public sealed record TestCommand(Guid Id) : IChipMessage
{
    /// <inheritdoc />
    public string? Fault() => Id == Guid.Empty ? "id: empty" : null;
}

/// <summary>Cuts the power. Not signed: the worst that a forged one can do is what pulling the plug does.</summary>
/// <param name="Id">Id that the chip acknowledges.</param>
/// <param name="Session">The session that ends.</param>
/// <param name="Counter">Highest counter of that session: no grant up to it is accepted any more.</param>
/// <param name="Reason">A word for the chip's display and log; <see cref="StopReason"/> when the welder stopped.</param>
public sealed record RevokeCommand(Guid Id, Guid Session, long Counter, string Reason) : IChipMessage
{
    /// <summary>The reason of a revoke that the welder's own stop caused.</summary>
    public const string StopReason = "stop";

    /// <inheritdoc />
    public string? Fault() => Limits.Count("counter", Counter) ?? Limits.Text("reason", Reason, 0, 200);
}
