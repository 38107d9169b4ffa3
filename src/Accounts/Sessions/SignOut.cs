using System.Security.Claims;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Sessions;

/// <summary>Ends the session of this browser or client; a copy of its cookie is worthless at the commit.</summary>
internal sealed class SignOut(AccountsDb db, CurrentActor current, SessionCheck sessions, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-out", async (SignOut slice, HttpContext http, CancellationToken stop) =>
        {
            await slice.RunAsync(http.User, stop);
            await SessionCookie.TakeAsync(http);
            return Results.NoContent();
        }).AllowAnonymous().Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Sign out");

    /// <summary>Ends and records it; the caller takes the cookie.</summary>
    public async Task RunAsync(ClaimsPrincipal user, CancellationToken stop)
    {
        if (current.OrNull is not { } actor) return;
        var open = sessions.FindOpen(user)?.Id;
        if (await db.Sessions.SingleOrDefaultAsync(s => s.Id == open, stop) is { } session) session.EndAt(clock.GetUtcNow(), SessionEnd.SignedOut);
        db.Context.Audit("accounts.signed-out", $"account/{actor.Account}", new { session = open });
        // False when somebody else ended it at the same moment: it is over either way.
        await db.Context.TrySaveAsync(stop);
    }
}
