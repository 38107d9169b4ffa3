using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Anlan.Toolkit.Http;

/// <summary>Refuses addresses with U+0000, for which no list can look: PostgreSQL takes it nowhere.</summary>
public static class AddressCheck
{
    /// <summary>A program hears 400 with the reason; a reader gets the page without its query.</summary>
    public static IApplicationBuilder UseAddressCheck(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var isInPath = http.Request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true;
        if (!isInPath && http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) != true) return next(http);
        if (isInPath || http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) throw new BadHttpRequestException("The address holds the character U+0000, which no field takes.");
        http.Response.Redirect(http.Request.Path);
        return Task.CompletedTask;
    });
}
