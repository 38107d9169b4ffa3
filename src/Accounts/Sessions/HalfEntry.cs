using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Anlan.Accounts.Registry;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Anlan.Accounts.Sessions;

/// <summary>
/// What a browser holds between password and second factor: a sealed note that this account's password was right a moment ago. It is no session:
/// only the pages and operations of the second step read it, everything else sees a stranger.
/// </summary>
internal sealed class HalfEntry(IDataProtectionProvider protection, AccountIndex index, TimeProvider clock)
{
    private const string CookieName = "anlan-half";
    private const int HeaderLength = 16 + 8;
    private const int Longest = 1_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly IDataProtector _seal = protection.CreateProtector("Anlan.HalfEntry.v1");

    /// <summary>Gives the note.</summary>
    public void Give(HttpContext http, AccountFacts account)
    {
        var stamp = Encoding.UTF8.GetBytes(account.Stamp);
        var bytes = new byte[HeaderLength + stamp.Length];
        account.Id.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), clock.GetUtcNow().UtcTicks);
        stamp.CopyTo(bytes, HeaderLength);
        http.Response.Cookies.Append(CookieName, Base64Url.EncodeToString(_seal.Protect(bytes)), Options(http));
    }

    /// <summary>The account whose password was right at most ten minutes ago and which has not changed since.</summary>
    public AccountFacts? Read(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { Length: > 0 and <= Longest } text || !Base64Url.IsValid(text)) return null;
        byte[] bytes;
        try
        {
            bytes = _seal.Unprotect(Base64Url.DecodeFromChars(text));
        }
        catch (CryptographicException)
        {
            return null;
        }

        if (bytes.Length < HeaderLength) return null;
        var age = clock.GetUtcNow() - new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)), TimeSpan.Zero);
        return age >= TimeSpan.Zero && age < Lifetime ? index.FindInForce(new Guid(bytes.AsSpan(0, 16)), Encoding.UTF8.GetString(bytes.AsSpan(HeaderLength))) : null;
    }

    /// <summary>Takes it back.</summary>
    public static void Take(HttpContext http)
    {
        if (http.Request.Cookies.ContainsKey(CookieName)) http.Response.Cookies.Delete(CookieName, Options(http));
    }

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/" };
}
