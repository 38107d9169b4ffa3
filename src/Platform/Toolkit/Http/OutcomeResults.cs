using Anlan.Kernel.Outcomes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Anlan.Toolkit.Http;

/// <summary>Turns outcomes into HTTP answers: 200 with the value, or a problem (RFC 9457) that lists every refusal.</summary>
public static class OutcomeResults
{
    /// <summary>Codes that mean "no such thing", answered with 404.</summary>
    private const string UnknownSuffix = "Unknown";

    /// <summary>200 with the value, 422 for bad fields, 404 for unknown things, 409 for every other refusal.</summary>
    public static async Task<IResult> ToHttpAsync<T>(this Task<Outcome<T>> outcome)
    {
        var result = await outcome;
        return result.IsDone ? Results.Ok(result.Value) : ToProblem(result.Refusals);
    }

    /// <summary>204, or a problem like <see cref="ToHttpAsync{T}"/>.</summary>
    public static async Task<IResult> ToHttpAsync(this Task<Outcome> outcome)
    {
        var result = await outcome;
        return result.IsDone ? Results.NoContent() : ToProblem(result.Refusals);
    }

    /// <summary>A problem that lists the refusals under <c>refusals</c>.</summary>
    public static IResult ToProblem(IReadOnlyList<Refusal> refusals)
    {
        var status = refusals[0] switch
        {
            { Field: not null } => StatusCodes.Status422UnprocessableEntity,
            { Code: var code } when code.EndsWith(UnknownSuffix, StringComparison.Ordinal) => StatusCodes.Status404NotFound,
            { Code: "Forbidden" } => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status409Conflict,
        };
        var problem = new ProblemDetails { Status = status, Title = refusals[0].Code, Type = "urn:anlan:refusal:" + refusals[0].Code };
        problem.Extensions["refusals"] = refusals;
        return Results.Problem(problem);
    }
}
