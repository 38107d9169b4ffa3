using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Sessions;

/// <summary>Says why a session ended.</summary>
internal static class SessionWords
{
    /// <summary>In the reader's language, or null while it is open; a reason without words as it is.</summary>
    public static string? SayEnd(this IStringLocalizer<Words> words, ListSessions.Row session) => session.EndReason is not { } reason
        ? null
        : (words["End." + reason] is { ResourceNotFound: false } end ? end.Value : words["Reason." + reason] is { ResourceNotFound: false } code ? code.Value : reason)
            + (session.IsEndConfirmed ? "" : words["Sessions.Unconfirmed"].Value);
}
