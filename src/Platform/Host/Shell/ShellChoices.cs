using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Localization;

namespace Anlan.Host.Shell;

/// <summary>What a reader chooses for the browser they sit at: language and light or dark display. Kept in cookies for a year; each choice leads back to the page it was made on.</summary>
internal static class ShellChoices
{
    /// <summary>Cookie of the display.</summary>
    public const string ThemeCookie = "anlan-theme";

    /// <summary>Its value for the dark one; anything else is light.</summary>
    public const string Dark = "dark";

    /// <summary>The languages, the default first.</summary>
    public static readonly string[] Languages = ["zh-CN", "en"];

    /// <summary>Maps the two switches.</summary>
    public static void MapShellChoices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/language/{culture}", (string culture, string? returnUrl, HttpContext http) => Languages.Contains(culture)
            ? Choose(http, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)), returnUrl)
            : Results.NotFound()).Scoped(ScopedBy.Everybody).ExcludeFromDescription();
        routes.MapGet("/display/{theme}", (string theme, string? returnUrl, HttpContext http) => theme is Dark or "light" ? Choose(http, ThemeCookie, theme, returnUrl) : Results.NotFound()).Scoped(ScopedBy.Everybody).ExcludeFromDescription();
    }

    /// <summary>The address that switches the language and comes back.</summary>
    public static string LanguageAddress(string culture, NavigationManager here) => $"/language/{culture}?returnUrl={Back(here)}";

    /// <summary>The address that switches the display and comes back.</summary>
    public static string ThemeAddress(bool isDark, NavigationManager here) => $"/display/{(isDark ? Dark : "light")}?returnUrl={Back(here)}";

    private static string Back(NavigationManager here) => Uri.EscapeDataString(new Uri(here.Uri).PathAndQuery);

    private static IResult Choose(HttpContext http, string cookie, string value, string? returnUrl)
    {
        http.Response.Cookies.Append(cookie, value, new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax });
        // Only back to ourselves: "//host" and "/\\host" lead elsewhere.
        return Results.LocalRedirect(returnUrl is ['/', not ('/' or '\\'), ..] ? returnUrl : "/");
    }
}
