using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Anlan.Toolkit.Http;

/// <summary>What a client of the API hears when something broke: a problem with a number to quote, never a stack trace. 503 when log or tables are away.</summary>
public sealed class ApiFailures : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The request's own path is by now that of the page for failures.
        PathString asked = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path;
        if (!asked.StartsWithSegments("/api", StringComparison.Ordinal)) return false;
        var outage = Outage.CodeOf(exception);
        var problem = exception switch
        {
            BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Title = "RequestUnreadable", Detail = Told(bad) },
            UnfitTextException unfit => new ProblemDetails { Status = StatusCodes.Status400BadRequest, Title = "RequestUnreadable", Detail = unfit.Message },
            _ => new ProblemDetails { Status = outage is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable, Title = outage ?? "Failed" },
        };
        problem.Extensions["refusals"] = new[] { new Refusal(problem.Title!) };
        problem.Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier;
        httpContext.Response.StatusCode = problem.Status!.Value;
        if (outage is not null) httpContext.Response.Headers.RetryAfter = "5";
        await httpContext.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", cancellationToken);
        return true;
    }

    private static string Told(BadHttpRequestException bad) => bad.InnerException is System.Text.Json.JsonException { Path: { } path } ? $"{bad.Message} Look at {path}." : bad.Message;
}
