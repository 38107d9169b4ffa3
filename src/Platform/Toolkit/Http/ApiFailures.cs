using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Anlan.Toolkit.Http;

/// <summary>What a client of the API hears when something broke: a problem with a number to quote, never a stack trace. 503 when the log cannot be written.</summary>
public sealed class ApiFailures : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The request's own path is by now that of the page for failures.
        PathString asked = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path;
        if (!asked.StartsWithSegments("/api", StringComparison.Ordinal)) return false;
        var isLog = exception is LogUnavailableException;
        var problem = exception is BadHttpRequestException bad
            ? new ProblemDetails { Status = bad.StatusCode, Title = "RequestUnreadable", Detail = Told(bad) }
            : new ProblemDetails { Status = isLog ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError, Title = isLog ? "LogUnavailable" : "Failed" };
        problem.Extensions["refusals"] = new[] { new Refusal(problem.Title!) };
        problem.Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier;
        httpContext.Response.StatusCode = problem.Status!.Value;
        await httpContext.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", cancellationToken);
        return true;
    }

    private static string Told(BadHttpRequestException bad) => bad.InnerException is System.Text.Json.JsonException { Path: { } path } ? $"{bad.Message} Look at {path}." : bad.Message;
}
