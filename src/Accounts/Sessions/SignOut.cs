using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Sessions;

/// <summary>Ends the session of this browser or client.</summary>
internal sealed class SignOut(AnlanDb db, CurrentActor current)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-out", async (SignOut slice, HttpContext http, CancellationToken stop) =>
        {
            await slice.RunAsync(stop);
            await SessionCookie.TakeAsync(http);
            return Results.NoContent();
        }).AllowAnonymous().Produces(StatusCodes.Status204NoContent).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Sign out");

    /// <summary>Records it; the caller takes the cookie.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (current.OrNull is not { } actor) return;
        db.Audit("accounts.signed-out", $"account/{actor.Account}");
        await db.SaveAsync(stop);
    }
}
