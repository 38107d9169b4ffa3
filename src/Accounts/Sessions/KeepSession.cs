using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Sessions;

/// <summary>
/// Tells an open page how long its session lasts unused, and that somebody is there: a page of the desk talks over its own connection, which no idle time can be
/// read from, because it also talks when nobody looks.
/// </summary>
internal sealed class KeepSession(SessionCheck check, IHttpContextAccessor http)
{
    /// <param name="SecondsLeft">Until it ends if nobody uses it.</param>
    public sealed record Left(int SecondsLeft);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/session", async (KeepSession slice) => await Task.FromResult(slice.Run()).ToAnswerAsync())
            .RequireAuthorization().AsksByItself().Produces<Left>().Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("How long this session lasts unused; asking is no use");
        api.MapPost("/me/session", async (KeepSession slice) => await Task.FromResult(slice.Run()).ToAnswerAsync())
            .RequireAuthorization().Produces<Left>().Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Somebody is there: the idle time begins anew");
    }

    public Outcome<Left> Run() => check.FindOpen(http.HttpContext?.User) is { } session ? new Left((int)Math.Max(0, check.LeftOf(session).TotalSeconds)) : new Refusal("SignInNeeded");
}
