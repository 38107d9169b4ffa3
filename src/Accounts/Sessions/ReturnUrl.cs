namespace Anlan.Accounts.Sessions;

/// <summary>Where to go after signing in: only to ourselves, or a mailed link could lead on to a copy of this page.</summary>
internal static class ReturnUrl
{
    /// <summary>The address when it is a path of this server, otherwise the front page.</summary>
    public static string Local(string? address) => IsLocal(address) ? address! : "/";

    // "//host", "/\host" and control characters (which browsers strip) all leave the server.
    private static bool IsLocal(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Contains('\\', StringComparison.Ordinal) && !address.Any(char.IsControl);
}
