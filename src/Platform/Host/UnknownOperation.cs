using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;

namespace Anlan.Host;

/// <summary>What a program hears that asks for an operation which is not there: routing takes one that is there, asked with another kind of content, for the same.</summary>
internal static class UnknownOperation
{
    /// <summary>404, or 415 with what the operation takes.</summary>
    public static IResult Answer(HttpContext http, EndpointDataSource routes)
    {
        var taken = routes.Endpoints.OfType<RouteEndpoint>().Where(route => IsAskedFor(route, http.Request)).Select(route => route.Metadata.GetMetadata<IAcceptsMetadata>()).OfType<IAcceptsMetadata>().SelectMany(accepts => accepts.ContentTypes).Distinct().ToList();
        return taken.Count == 0
            ? Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "OperationUnknown")
            : Results.Problem(statusCode: StatusCodes.Status415UnsupportedMediaType, title: "ContentTypeUnfit", detail: $"This operation takes {string.Join(" or ", taken)}; say so in the header Content-Type.");
    }

    private static bool IsAskedFor(RouteEndpoint route, HttpRequest request) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(request.Method, StringComparer.OrdinalIgnoreCase) == true
        && new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(request.Path, []);
}
