using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Sessions;

/// <summary>Says why a session ended.</summary>
internal static class SessionWords
{
    /// <summary>In the reader's language, or null while it is open; a reason without words as it is.</summary>
    public static string? SayEnd(this IStringLocalizer<Words> words, ListSessions.Row session)
    {
        if (session.EndReason is not { } reason) return null;
        var end = words["End." + reason] is { ResourceNotFound: false } known ? known.Value : words["Reason." + reason] is { ResourceNotFound: false } code ? code.Value : reason;
        return session.IsEndConfirmed ? end : words["Sessions.Unconfirmed", end];
    }
}
