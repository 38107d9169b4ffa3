using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Anlan.Accounts.Factors;

/// <summary>A passkey answers only pages of this server, by the address at which they were asked for.</summary>
internal static class PasskeyOrigin
{
    /// <summary>True when scheme, name and port are those of the request; never within another site's frame.</summary>
    public static ValueTask<bool> ValidateAsync(PasskeyOriginValidationContext context)
    {
        var request = context.HttpContext.Request;
        var isOwn = !context.CrossOrigin && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin) && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own) &&
            Uri.Compare(origin, own, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
        return ValueTask.FromResult(isOwn);
    }

    /// <summary>
    /// True where browsers offer passkeys at all: over HTTPS by a name, or by the name <c>localhost</c>. Addresses in numbers have no name to which a passkey could
    /// be bound.
    /// </summary>
    public static bool IsSecure(HttpContext http) => !IPAddress.TryParse(http.Request.Host.Host.Trim('[', ']'), out _) && (http.Request.IsHttps || http.Request.Host.Host is "localhost");
}
