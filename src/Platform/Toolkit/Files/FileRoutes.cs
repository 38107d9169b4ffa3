using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Anlan.Toolkit.Files;

/// <summary>Routes that take or give a file.</summary>
public static class FileRoutes
{
    // Room for a content that is told to be too large, instead of a broken connection.
    private const int Above = 1_048_576;

    /// <summary>The route takes a file as its body, whatever its sender calls it.</summary>
    public static RouteHandlerBuilder AcceptsFile(this RouteHandlerBuilder route, FileTerms terms) =>
        route.Accepts<Stream>("application/octet-stream", [.. terms.Allowed.Select(type => type.Name)]).WithMetadata(new RequestSizeLimitAttribute(terms.Most + Above));

    /// <summary>The route answers a file.</summary>
    public static RouteHandlerBuilder ProducesFile(this RouteHandlerBuilder route, FileTerms terms) =>
        route.Produces(StatusCodes.Status200OK, responseType: null, terms.Allowed[0].Name, [.. terms.Allowed.Skip(1).Select(type => type.Name)]);
}
