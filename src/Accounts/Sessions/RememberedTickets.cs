using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;

namespace Anlan.Accounts.Sessions;

/// <summary>
/// Remembers what genuine cookies decrypt to: with thousands of requests a second decrypting is the dearest part of a request. Expiry and
/// security stamp are still checked at each request; only cookies that passed the seal are kept.
/// </summary>
/// <param name="inner">Seals and opens.</param>
internal sealed class RememberedTickets(ISecureDataFormat<AuthenticationTicket> inner) : ISecureDataFormat<AuthenticationTicket>
{
    // About 4 kB each.
    private const int Most = 4_096;
    private readonly ConcurrentDictionary<string, AuthenticationTicket> _byCookie = new(StringComparer.Ordinal);
    private int _count;

    public string Protect(AuthenticationTicket data) => inner.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => inner.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
    {
        if (protectedText is null) return null;
        var key = purpose is null ? protectedText : $"{purpose}\n{protectedText}";
        if (_byCookie.TryGetValue(key, out var known)) return known.Clone();
        var ticket = inner.Unprotect(protectedText, purpose);
        if (ticket is null) return null;
        if (Interlocked.Increment(ref _count) > Most)
        {
            _byCookie.Clear();
            Interlocked.Exchange(ref _count, 1);
        }

        _byCookie[key] = ticket;
        return ticket.Clone();
    }
}
