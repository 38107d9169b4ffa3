using System.Collections.Concurrent;
using Anlan.Kernel.Time;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Security;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Interlock;

/// <summary>Signs what goes to chips with the installation's current key.</summary>
internal sealed class GrantDesk(SigningKeys keys) : IDisposable
{
    private readonly ConcurrentDictionary<SigningKey, Lazy<TokenSigner>> _signers = new();

    /// <summary>Start of the lease, in whole seconds as the claims have it.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    /// <summary>The end of a lease that begins now.</summary>
    public static DateTimeOffset LeaseFrom(DateTimeOffset notBefore, DateTimeOffset endsAt, WeldingLimits rules) =>
        notBefore + rules.Lease is var end && end < endsAt ? end : endsAt;

    /// <summary>Where a session that begins now has to end: the longest time, or the last day of certificate or binding before that.</summary>
    public static DateTimeOffset EndOfSession(DateTimeOffset notBefore, DateOnly certificateUntil, Binding binding, CityCalendar calendar, WeldingLimits rules)
    {
        var end = notBefore + rules.Session;
        if (calendar.EndOf(certificateUntil) is var expiry && expiry < end) end = expiry;
        if (binding.To is { } last && calendar.EndOf(last) is var unbound && unbound < end) end = unbound;
        return end;
    }

    /// <summary>The downlink of a session's newest grant.</summary>
    /// <param name="session">The session as it will be once this is decided.</param>
    /// <param name="notBefore">Beginning of window and lease, whole seconds.</param>
    /// <param name="window">How long the chip may accept it.</param>
    public byte[] Sign(OpenSession session, DateTimeOffset notBefore, TimeSpan window)
    {
        var from = notBefore.ToUnixTimeSeconds();
        var claims = new GrantClaims(
            session.Grant, session.Machine.Value, session.Chip, session.Session.Value, session.Person.Value, session.Counter,
            IssuedAt: from, NotBefore: from, Expires: from + (long)window.TotalSeconds,
            DurationSeconds: checked((int)(session.LeaseUntil - notBefore).TotalSeconds), SessionEnd: session.EndsAt.ToUnixTimeSeconds());
        return ChipJson.Write(SignedDownlink.Of(session.Grant, GrantToken.Sign(Signer, claims)));
    }

    /// <summary>The signed answer to a hello.</summary>
    public byte[] SignTime(string serial, DateTimeOffset now, string nonce) =>
        ChipJson.Write(SignedDownlink.Of(Guid.CreateVersion7(), SignedTime.Sign(Signer, new TimeClaims(serial, now.ToUnixTimeMilliseconds(), System.Buffers.Text.Base64Url.DecodeFromChars(nonce)))));

    /// <summary>The downlink of settings.</summary>
    public byte[] SignSettings(Guid downlink, ConfigClaims claims) => ChipJson.Write(SignedDownlink.Of(downlink, SignedConfig.Sign(Signer, claims)));

    private TokenSigner Signer => _signers.GetOrAdd(keys.Current, key => new Lazy<TokenSigner>(() => new TokenSigner(key.Key))).Value;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var signer in _signers.Values) signer.Value.Dispose();
    }
}
