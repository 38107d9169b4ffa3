using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Anlan.Accounts.Sessions;

/// <summary>
/// Checks every request against the sessions and accounts in memory, and answers who is not let in: the API with a problem, pages with a way to the
/// sign-in page.
/// </summary>
internal sealed class SessionCookieEvents(SessionCheck sessions) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (sessions.Pass(context.Principal, IsUse(context.HttpContext))) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(SessionCookie.Scheme);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsPage(context.Request)) return RedirectAsync(context, "/sign-in?returnUrl=" + Uri.EscapeDataString(LocalAddress(context.Request)));
        return AccountAnswers.Problem(new Refusal("SignInNeeded")).ExecuteAsync(context.HttpContext);
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        IsPage(context.Request) ? RedirectAsync(context, "/forbidden") : AccountAnswers.Problem(new Refusal("Forbidden")).ExecuteAsync(context.HttpContext);

    private static Task RedirectAsync(RedirectContext<CookieAuthenticationOptions> context, string address)
    {
        context.Response.Redirect(context.Request.PathBase + address);
        return Task.CompletedTask;
    }

    // What a page asks by itself, and a desk page's own connection, say nothing about anybody being there.
    private static bool IsUse(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) && http.GetEndpoint()?.Metadata.GetMetadata<AsksByItselfAttribute>() is null;

    private static bool IsPage(HttpRequest request) => !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);

    // A form that was posted after the session ended is opened again, not posted again.
    private static string LocalAddress(HttpRequest request) => request.Path + (HttpMethods.IsGet(request.Method) ? request.QueryString.Value : "");
}
