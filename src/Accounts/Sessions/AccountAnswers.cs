using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Anlan.Accounts.Sessions;

/// <summary>HTTP answers of Accounts: like everybody's, but with the status codes that clients expect at a door.</summary>
internal static class AccountAnswers
{
    public static IResult Problem(params IReadOnlyList<Refusal> refusals)
    {
        var usual = OutcomeResults.ToProblem(refusals);
        int? status = refusals[0].Code switch
        {
            "SignInNeeded" or "SignInFailed" or "SecondFactorNeeded" or "EnrolmentNeeded" or "KeyInvalid" => StatusCodes.Status401Unauthorized,
            "TooManyFailures" => StatusCodes.Status429TooManyRequests,
            _ => null,
        };
        if (status is null || usual is not ProblemHttpResult { ProblemDetails: var problem }) return usual;
        problem.Status = status;
        return Results.Problem(problem);
    }

    public static async Task<IResult> ToAnswerAsync<T>(this Task<Outcome<T>> outcome)
    {
        var result = await outcome;
        return result.IsDone ? Results.Ok(result.Value) : Problem(result.Refusals);
    }
}
