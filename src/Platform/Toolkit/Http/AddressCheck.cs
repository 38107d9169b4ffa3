using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Anlan.Toolkit.Http;

/// <summary>Refuses addresses with U+0000, for which no list can look: PostgreSQL takes it nowhere.</summary>
public static class AddressCheck
{
    /// <summary>A program hears 400 with the reason, a reader 400 with the page for what is not there. Comes behind the pages for status codes. Nobody is led on: an address may name another site.</summary>
    public static IApplicationBuilder UseAddressCheck(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Path.Value?.Contains('\0', StringComparison.Ordinal) != true && http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) != true) return next(http);
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) throw new BadHttpRequestException("The address holds the character U+0000, which no field takes.");
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });
}
