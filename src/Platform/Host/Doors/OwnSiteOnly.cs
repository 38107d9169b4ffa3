using Microsoft.AspNetCore.Mvc;

namespace Anlan.Host.Doors;

/// <summary>
/// Another site must not act in the name of whoever is signed in here. Forms carry a token and the cookie is never sent along from other
/// sites; this refuses what a browser itself says to come from elsewhere, before anything reads it. Programs send no such word.
/// </summary>
internal static class OwnSiteOnly
{
    public static void UseOwnSiteOnly(this WebApplication app) => app.Use(static (http, next) =>
    {
        var isSafe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);
        return isSafe || http.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" ? next(http) : RefuseAsync(http);
    });

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return http.Response.WriteAsJsonAsync(new ProblemDetails { Status = StatusCodes.Status403Forbidden, Title = "ForeignSite", Detail = "This request came from a page of another site." }, options: null, contentType: "application/problem+json");
    }
}
